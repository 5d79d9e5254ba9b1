import { createHash } from 'node:crypto';
import type { Child } from 'hono/jsx';
import { markup } from '../../shared/markup.js';

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
textarea, select, input:not([type='radio']) { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; }
label { display: block; margin: 1rem 0; }
label.choice { margin: .5rem 0; }
button { font: inherit; padding: .6rem 1.25rem; cursor: pointer; border: 1px solid #0b4f8a; border-radius: .3rem; background: #0b4f8a; color: #fff; }
button.quiet { background: #fff; color: #0b4f8a; padding: .3rem .75rem; margin: .25rem .5rem .25rem 0; }
button:disabled { opacity: .5; cursor: default; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding-bottom: .75rem; border-bottom: 1px solid #ddd; }
a { color: #0b4f8a; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 4px solid #ccc; white-space: pre-line; overflow-wrap: anywhere; }
mark { background: #ffe9a8; }
details { margin: 1rem 0; }
summary { cursor: pointer; }
article { border: 1px solid #ddd; border-radius: .3rem; padding: 0 1rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
ol.history, ul.lines { padding: 0; list-style: none; }
ol.history > li, ul.lines > li { padding: .5rem 0; border-bottom: 1px solid #ddd; }
.aside { color: #555; font-size: .875rem; }
[role='alert'] { border-left: 4px solid #b3261e; padding-left: 1rem; }
[role='status'] { border-left: 4px solid #0b4f8a; padding-left: 1rem; }
.notice { white-space: pre-line; border-left: 4px solid #ccc; padding-left: 1rem; }
body [lang='en'] { color: #555; }
`;

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const STYLE_HASH = hashed(STYLE);

interface Script {
  readonly text: string;
  /** Origins beside our own that it may ask. */
  readonly connectsTo: readonly string[];
}

/** Nothing is loaded on our pages and nothing runs but the script that is written in them. */
const policyFor = (script: Script | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    ...(script === undefined
      ? []
      : [`script-src ${hashed(script.text)}`, `connect-src 'self' ${script.connectsTo.join(' ')}`]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

interface PageProps {
  readonly title: string;
  readonly language: 'id' | 'en';
  /** Whether the title stands at its top too. */
  readonly isHeaded?: boolean;
  readonly script?: Script;
  readonly children?: Child;
}

const Page = ({ title, language, isHeaded = true, script, children }: PageProps) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>
    <body>
      {isHeaded ? <h1>{title}</h1> : null}
      {children}
      {script === undefined ? null : <script dangerouslySetInnerHTML={{ __html: script.text }} />}
    </body>
  </html>
);

/** A whole page as text, with nothing to load. */
export const pageText = (page: PageProps): string => `<!doctype html>${markup(<Page {...page} />)}`;

/** One of the few pages that people open in a browser. */
export const pageResponse = (page: PageProps, status = 200): Response =>
  new Response(pageText(page), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyFor(page.script),
    },
  });
