/** A link that leaves the page: https alone, whatever stands in the data. */

/** Undefined where that is no https address. */
export const releaseUrl = (pages: string | undefined, name: string, version: string): string | undefined => {
  if (pages === undefined) return undefined;
  const address = pages
    .replaceAll('{name}', () => encodeURIComponent(name))
    .replaceAll('{version}', () => encodeURIComponent(version));
  return URL.canParse(address) && new URL(address).protocol === 'https:' ? address : undefined;
};

interface Release {
  readonly pages: string | undefined;
  readonly name: string;
  readonly version: string;
}

export const ReleaseLink = ({ pages, name, version }: Release) => {
  const url = releaseUrl(pages, name, version);
  return url === undefined ? null : (
    <a href={url} rel="noreferrer noopener" target="_blank">
      {name} {version} at its index
    </a>
  );
};
