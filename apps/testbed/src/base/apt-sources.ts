/** Finds the Debian mirror this machine already uses, so that no mirror's name is written in this repository. */

const suites = /^(bullseye|bookworm|trixie|forky|sid|oldstable|stable|testing|unstable)$/;

/** The archive's address in the text of apt's source files, whichever of the two formats each is in. */
export const debianMirrorIn = (texts: readonly string[]): string | undefined =>
  texts.flatMap((text) => [...oneLine(text), ...stanzas(text)]).find(isDebian)?.uri;

interface Source {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

/** Other publishers use Debian's suite names too; only the archive itself has `main` at a path that ends in `debian`. */
const isDebian = ({ uri, suites: names, components }: Source): boolean =>
  components.includes('main') && names.some((name) => suites.test(name)) && /(\/debian\/?|^mirror\+file:.*)$/.test(uri);

/** `deb [options] URI suite component…` */
const oneLine = (text: string): Source[] =>
  text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line);
    const [, uri, suite, components] = match ?? [];
    return uri && suite ? [{ uri, suites: [suite], components: words(components) }] : [];
  });

/** deb822: paragraphs of `Field: value`, comments and continuation lines. */
const stanzas = (text: string): Source[] =>
  text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .flatMap((paragraph) => {
      const field = (name: string) => words(new RegExp(`^${name}:((?:.*)(?:\\n[ \\t].*)*)`, 'im').exec(paragraph)?.[1]);
      const enabled = field('Enabled')[0] !== 'no' && field('Types').includes('deb');
      return enabled
        ? field('URIs').map((uri) => ({ uri, suites: field('Suites'), components: field('Components') }))
        : [];
    });

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');
