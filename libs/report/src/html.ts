/** The report as one self-contained page, to be kept as a CI artifact. */
import { marked } from 'marked';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c2330; background: #fff; }
  table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
  th, td { border-bottom: 1px solid #d7dce3; padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  pre { background: #f4f6f8; padding: .8rem; overflow-x: auto; }
  @media (prefers-color-scheme: dark) {
    body { color: #dde3ec; background: #12161d; } th, td { border-color: #333c4a; } pre { background: #1c222c; }
  }`;

/** @param markdown text in which markup from outside is already escaped. */
export const htmlPage = (markdown: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>nx-ci-cache refresh</title><style>${style}</style></head>
<body>
${marked.parse(markdown, { async: false })}
</body>
</html>
`;
