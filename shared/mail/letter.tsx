import type { Mail } from '../domain/digest/mail.js';
import type { Agency } from '../domain/registry/agency.js';
import type { Language } from '../domain/registry/person.js';
import { markup } from '../markup.js';
import { cleaned, textOf, type Block } from './block.js';
import { linesOf, oneLine } from './plain-text.js';

/** A mail that has no address yet. */
export type Letter = Omit<Mail, 'to'>;

interface Content {
  readonly agency: Pick<Agency, 'name' | 'gates'>;
  readonly language: Language;
  readonly subject: string;
  readonly blocks: readonly Block[];
}

const FOOTER = {
  id: {
    sender: (agency: string) => `Dikirim oleh Netral atas nama ${agency}.`,
    officer: (name: string, email: string) =>
      `Pertanyaan, koreksi, dan keberatan atas pengolahan data: ${name}, pejabat pelindungan data pribadi, ${email}.`,
  },
  en: {
    sender: (agency: string) => `Sent by Netral on behalf of ${agency}.`,
    officer: (name: string, email: string) =>
      `Questions, corrections and objections about personal data: ${name}, data-protection officer, ${email}.`,
  },
} as const satisfies Record<Language, unknown>;

/** Without colours of its own but for the button, so that a dark mail program may turn it dark. */
const STYLE = {
  body: 'margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif',
  column: 'max-width:36em;margin:0 auto;overflow-wrap:anywhere',
  heading: 'font-size:18px;line-height:1.3;margin:28px 0 8px',
  paragraph: 'margin:0 0 12px',
  label: 'font-size:14px;margin:8px 0 0',
  value: 'font-weight:600;margin:0',
  quote: 'margin:16px 0;padding:4px 0 4px 12px;border-left:4px solid #767676;white-space:pre-wrap',
  action: 'margin:20px 0',
  button:
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#0b4f8a;color:#ffffff;font-weight:600;text-decoration:none',
  footer: 'font-size:14px;margin:32px 0 0;padding:12px 0 0;border-top:1px solid #767676',
} as const;

const Shown = ({ block }: { readonly block: Block }) => {
  switch (block.kind) {
    case 'heading':
      return <h2 style={STYLE.heading}>{block.text}</h2>;
    case 'text':
      return linesOf(block.text).map((line) => <p style={STYLE.paragraph}>{line}</p>);
    case 'facts':
      return (
        <dl style={STYLE.paragraph}>
          {block.rows.map(([label, value]) => (
            <>
              <dt style={STYLE.label}>{label}</dt>
              <dd style={STYLE.value}>{value}</dd>
            </>
          ))}
        </dl>
      );
    case 'list':
      return (
        <ul style={STYLE.paragraph}>
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      );
    case 'quote':
      return (
        <blockquote dir="auto" style={STYLE.quote}>
          {block.text}
        </blockquote>
      );
    case 'link':
      return (
        <p style={STYLE.action}>
          <a href={block.href} style={STYLE.button}>
            {block.label}
          </a>
        </p>
      );
  }
};

interface PageProps {
  readonly language: Language;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly footer: readonly string[];
}

const Page = ({ language, title, blocks, footer }: PageProps) => (
  <html lang={language} dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
    </head>
    <body style={STYLE.body}>
      <div style={STYLE.column}>
        {blocks.map((block) => (
          <Shown block={block} />
        ))}
        <div style={STYLE.footer}>
          {footer.map((line) => (
            <p style={STYLE.paragraph}>{line}</p>
          ))}
        </div>
      </div>
    </body>
  </html>
);

/** A mail in HTML and in text with the same facts, from the agency and with its officer's contact. */
export const letter = ({ agency, language, subject, blocks }: Content): Letter => {
  const { officer } = agency.gates;
  const words = FOOTER[language];
  const footer = [
    words.sender(agency.name),
    ...(officer === null ? [] : [words.officer(officer.name, officer.email)]),
  ].map(oneLine);
  const clean = blocks.map(cleaned);
  const title = oneLine(subject);
  const page = <Page language={language} title={title} blocks={clean} footer={footer} />;
  return {
    subject: title,
    html: `<!doctype html>${markup(page)}`,
    text: [...clean.map(textOf), `--\n${footer.join('\n')}`].join('\n\n') + '\n',
  };
};
