import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * A second verifier, written from docs/record-format.md alone: it shares no code with the first. It says only whether a
 * file holds.
 */
type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
type Fields = { [key: string]: Value };

const sha = (...chunks: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};

const text = (value: Value | undefined): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
};
const fields = (value: Value | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);

const canonical = (value: Value): string => {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (typeof value === 'object' && value !== null)
    return (
      '{' +
      Object.keys(value)
        .sort()
        .map((key) => JSON.stringify(key) + ':' + canonical(value[key] ?? null))
        .join(',') +
      '}'
    );
  return JSON.stringify(value);
};

const joined = (...parts: string[]): string => parts.map((part) => `${part.length}:${part}`).join('');

const tree = (leaves: string[]): string => {
  if (leaves.length === 0) return sha('');
  if (leaves.length === 1) return sha(Buffer.from([0]), leaves[0] ?? '');
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  const [left, right] = [tree(leaves.slice(0, half)), tree(leaves.slice(half))];
  return sha(Buffer.from([1]), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'));
};

const sealOf = (seal: Fields): string => sha(joined('seal', canonical(seal)));

/** The fields of an entry. */
const ENTRY = 'act,actor,at,code,commitment,hash,previous,sequence';

const holdsTogether = (finding: string, entries: Value[]): boolean => {
  let previous: string | null = null;
  for (const [index, value] of entries.entries()) {
    const entry = fields(value);
    const actor = fields(entry['actor']);
    const who = actor['kind'] === 'person' ? `person:${text(actor['person'])}` : `job:${text(actor['job'])}`;
    const hash = sha(
      joined(
        'history',
        finding,
        text(entry['sequence']),
        text(entry['at']),
        who,
        text(entry['act']),
        text(entry['code']),
        text(entry['commitment']),
        text(entry['previous']),
      ),
    );
    const known = ['job,kind job', 'kind,person person'];
    if (!known.includes(`${Object.keys(actor).sort().join()} ${text(actor['kind'])}`)) return false;
    if (Object.keys(entry).sort().join() !== ENTRY) return false;
    if (entry['sequence'] !== index || entry['previous'] !== previous || entry['hash'] !== hash) return false;
    previous = hash;
  }
  return entries.length > 0;
};

/** Whether a whole record, exported without `from` and `to`, holds; `lastSeal` is the hash of its last seal as noted. */
export const holds = (file: string, lastSeal: string): boolean => {
  const rows: Fields[] = [];
  for (const row of file.split('\n')) {
    try {
      rows.push(fields(z.json().parse(JSON.parse(row))));
    } catch {
      return false;
    }
  }
  if (rows.some((row, index) => canonical(row) !== file.split('\n')[index])) return false;
  const kinds = ['header', 'seal', 'history', 'line', 'end'];
  const places = rows.map((row) => kinds.indexOf(text(row['row'])));
  if (places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0))) return false;
  const of = (kind: string): Fields[] => rows.filter((row) => row['row'] === kind);
  const [seals, histories, lines] = [
    of('seal').map((row) => fields(row['seal'])),
    of('history').map((row) => fields(row['history'])),
    of('line').map((row) => fields(row['line'])),
  ];
  const end = rows.at(-1) ?? {};
  if (rows[0]?.['row'] !== 'header' || end['row'] !== 'end') return false;
  if (end['seals'] !== seals.length || end['histories'] !== histories.length || end['lines'] !== lines.length)
    return false;
  if (rows.length !== seals.length + histories.length + lines.length + 2) return false;

  const order = lines.map((line) => `${text(fields(line['entry'])['at'])}#${text(line['id'])}`);
  if (order.some((place, index) => index > 0 && place <= (order[index - 1] ?? ''))) return false;

  const kept = new Map<string, Value[][]>();
  const keep = (finding: string, entries: Value[]): boolean => {
    kept.set(finding, [...(kept.get(finding) ?? []), entries]);
    return holdsTogether(finding, entries);
  };
  const ids = histories.map((history) => text(history['finding']));
  if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? ''))) return false;
  for (const history of histories)
    if (!keep(text(history['finding']), list(history['entries']))) return false;
  for (const line of lines) {
    const entry = fields(line['entry']);
    if (entry['kind'] === 'finding-ended' && !keep(text(entry['finding']), list(entry['history'])))
      return false;
  }

  let before: Fields | null = null;
  for (const seal of seals) {
    if ((seal['previous'] ?? null) !== (before === null ? null : sealOf(before))) return false;
    if ((seal['from'] ?? null) !== (before === null ? null : before['to'])) return false;
    const from = text(seal['from']);
    const day = lines.filter((line) => {
      const at = text(fields(line['entry'])['at']);
      return at >= from && at < text(seal['to']);
    });
    const heads = list(seal['heads']);
    if (day.length !== seal['lines']) return false;
    if (tree([...day, ...heads].map(canonical)) !== seal['root']) return false;
    for (const value of heads) {
      const head = fields(value);
      const found = kept.get(text(head['finding'])) ?? [];
      if (found.length === 0) return false;
      for (const entries of found)
        if (fields(entries[Number(head['entries']) - 1])['hash'] !== head['hash']) return false;
    }
    before = seal;
  }
  if (before === null) return false;
  const heads = new Set(seals.flatMap((seal) => list(seal['heads'])).map(canonical));
  for (const history of histories) {
    const entries = list(history['entries']);
    const last = fields(entries.at(-1));
    if (text(last['at']) >= text(before['to'])) continue;
    const head = { finding: text(history['finding']), entries: entries.length, hash: text(last['hash']) };
    if (!heads.has(canonical(head))) return false;
  }
  return sealOf(before) === lastSeal;
};
