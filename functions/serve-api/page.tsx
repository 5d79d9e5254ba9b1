import { createHash } from 'node:crypto';
import type { Child } from 'hono/jsx';
import { renderToString } from 'hono/jsx/dom/server';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
code, pre { font: .875rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: #f5f5f5; padding: .75rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #ddd; vertical-align: top; }
textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; }
button { font: inherit; padding: .5rem 1.25rem; cursor: pointer; }
.notice { white-space: pre-line; border-left: 4px solid #ccc; padding-left: 1rem; }
[lang='en'] { color: #555; }
`;

const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing runs and nothing is loaded on our pages; they are one text with one style. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface PageProps {
  readonly title: string;
  readonly language: 'id' | 'en';
  readonly children?: Child;
}

const Page = ({ title, language, children }: PageProps) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>
    <body>
      <h1>{title}</h1>
      {children}
    </body>
  </html>
);

/** A whole page as text, with nothing to load and nothing to run. */
export const pageText = (page: PageProps): string => `<!doctype html>${renderToString(<Page {...page} />)}`;

/** One of the few pages that people open in a browser. */
export const pageResponse = (page: PageProps, status = 200): Response =>
  new Response(pageText(page), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
  });
