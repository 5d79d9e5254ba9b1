import type { Child } from 'hono/jsx';
import { useState } from 'hono/jsx/dom';
import type { FindingView } from '../shared/domain/review/views.js';
import { FIELD_LABELS, RELATION_LABELS } from '../shared/domain/review/post-labels.js';
import { messageOf, UnfitError } from './api.js';
import { say, type Said } from './language.js';
import { segmentsOf, type Mark } from './segments.js';

interface FieldProps {
  readonly label: Said;
  readonly children?: Child;
}

/** A fact and its name. */
export const Fact = ({ label, children }: FieldProps) => (
  <div>
    <dt>{say(label)}</dt>
    <dd>{children}</dd>
  </div>
);

const Marked = ({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) => (
  <blockquote>
    {segmentsOf(text, marks).map(({ text: piece, kinds }) => {
      const inside = kinds.includes('person') ? <u>{piece}</u> : piece;
      return kinds.includes('reason') ? <mark>{inside}</mark> : <span>{inside}</span>;
    })}
  </blockquote>
);

type Placed = Omit<Mark, 'kind'> & { readonly part: number | 'context' };

/** The words of a post as they were, with what led to the indication, and for the team where they name people. */
export const Post = ({ finding }: { readonly finding: FindingView }) => {
  const people: readonly Placed[] = 'people' in finding ? finding.people : [];
  const marksIn = (part: number | 'context'): Mark[] => [
    ...finding.indication.spans
      .filter((span) => span.part === part)
      .map((span) => ({ ...span, kind: 'reason' as const })),
    ...people.filter((span) => span.part === part).map((span) => ({ ...span, kind: 'person' as const })),
  ];
  return (
    <section>
      {finding.parts.map(({ field, text }, index) => (
        <>
          <h2>{say(FIELD_LABELS[field])}</h2>
          <Marked text={text} marks={marksIn(index)} />
        </>
      ))}
      {finding.context === null ? null : (
        <>
          <h2>{say(RELATION_LABELS[finding.context.relation])}</h2>
          <Marked text={finding.context.text} marks={marksIn('context')} />
        </>
      )}
      <p class="aside">
        {say({
          id: 'Yang disorot ialah kata-kata yang menimbulkan indikasi.',
          en: 'The words that led to the indication are highlighted.',
        })}
        {people.length === 0
          ? ''
          : ` ${say({
              id: 'Yang digarisbawahi tampak seperti nama orang atau tautan: jangan mencarinya.',
              en: 'What is underlined looks like people’s names or links: do not look them up.',
            })}`}
      </p>
    </section>
  );
};

interface ButtonProps {
  readonly label: Said;
  /** What is done; whatever it throws is shown beside the button. */
  readonly act: () => Promise<void>;
  /** Asked before, where it cannot be taken back. */
  readonly confirm?: Said;
  readonly quiet?: boolean;
}

/** A button that does one thing, says when that failed, and cannot be pressed twice at once. */
export const ActButton = ({ label, act, confirm, quiet = false }: ButtonProps) => {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const press = async () => {
    if (confirm !== undefined && !window.confirm(say(confirm))) return;
    setBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" class={quiet ? 'quiet' : ''} disabled={isBusy} onClick={() => void press()}>
        {say(label)}
      </button>
      {failure === null ? null : <p role="alert">{failure}</p>}
    </>
  );
};

interface FormProps {
  readonly submit: Said;
  /** Sends what was filled in, by the names of the fields; whatever it throws is shown below the form. */
  readonly send: (fields: FormData) => Promise<void>;
  readonly children?: Child;
}

/** A form that keeps what was written when sending it failed. */
export const Form = ({ submit, send, children }: FormProps) => {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submitted = async (event: Event) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    setBusy(true);
    setFailure(null);
    try {
      await send(new FormData(event.currentTarget));
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event: Event) => void submitted(event)}>
      {children}
      {failure === null ? null : <p role="alert">{failure}</p>}
      <button type="submit" disabled={isBusy}>
        {say(submit)}
      </button>
    </form>
  );
};

/** A field's text; `''` where it was left empty. */
export const textOf = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};

const LEAST_WORDS = 10;

/** What was written where words are asked for; spaces alone are none. */
export const wordsOf = (fields: FormData): string => {
  const words = textOf(fields, 'words').trim();
  if (words.length < LEAST_WORDS)
    throw new UnfitError({
      id: 'Tulislah sekurang-kurangnya sepuluh huruf.',
      en: 'Write at least ten letters.',
    });
  return words;
};

interface ChoicesProps {
  readonly name: string;
  readonly label: Said;
  readonly choices: Readonly<Record<string, Said>>;
}

export const Choices = ({ name, label, choices }: ChoicesProps) => (
  <label>
    {say(label)}
    <select name={name} required>
      <option value="">—</option>
      {Object.entries(choices).map(([value, said]) => (
        <option value={value}>{say(said)}</option>
      ))}
    </select>
  </label>
);

export const Words = ({ label, optional = false }: { readonly label: Said; readonly optional?: boolean }) => (
  <label>
    {say(label)}
    <textarea
      name="words"
      rows={5}
      maxLength={5000}
      minLength={optional ? 0 : LEAST_WORDS}
      required={!optional}
    />
  </label>
);
