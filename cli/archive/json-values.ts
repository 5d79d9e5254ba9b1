import { ArchiveRefusal } from './refusal.js';

/** Where a value stands in a document: keys, and `*` for each element of a list. */
export type JsonPath = readonly [string, ...string[]];

/** A post with all that the networks write beside it is some kilobytes. */
const LONGEST_VALUE = 1024 * 1024;
const LONGEST_KEY = 512;
/** What may stand before the document: `window.YTD.tweets.part0 = `. */
const LONGEST_PREFIX = 256;

const [QUOTE, BACKSLASH, COMMA, COLON, SEMICOLON] = Buffer.from('"\\,:;');
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('[]{}');
const SPACES = new Set(Buffer.from(' \t\r\n'));

interface Frame {
  readonly isObject: boolean;
  key: string;
  /** Whether something was in it already. */
  filled: boolean;
  /** The paths that lead into it. */
  readonly paths: readonly number[];
}

type State = 'prefix' | 'value' | 'key' | 'in-key' | 'colon' | 'after' | 'inside' | 'scalar' | 'end';

export interface JsonValue {
  /** Which of the wanted paths it stands at. */
  readonly path: number;
  readonly value: unknown;
}

const unreadable = (cause?: unknown): ArchiveRefusal =>
  new ArchiveRefusal('unreadable', '', cause === undefined ? undefined : { cause });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw unreadable(cause);
    throw cause;
  }
};

/**
 * Goes through a document byte by byte and makes values only of what stands at the wanted paths; the rest, such as
 * conversations, is never made into words at all. It holds one wanted value and one chunk, however long the document is.
 */
const walker = (wanted: readonly JsonPath[]) => {
  const frames: Frame[] = [];
  let state: State = 'prefix';
  let seen = 0;
  let key: number[] = [];
  let escaped = false;
  let inString = false;
  let depth = 0;
  /** The wanted path of the value that is being gone through, and its bytes of earlier chunks. */
  let taking: number | null = null;
  let taken: Uint8Array[] = [];
  let takenBytes = 0;

  const fits = (frame: Frame | undefined, path: number): boolean => {
    if (frame === undefined) return true;
    return wanted[path]?.[frames.length - 1] === (frame.isObject ? frame.key : '*');
  };

  const leadingHere = (): readonly number[] => {
    const frame = frames.at(-1);
    return (frame?.paths ?? wanted.map((_, path) => path)).filter((path) => fits(frame, path));
  };

  /** The beginning of a value whose end is in a later chunk. */
  const keep = (bytes: Uint8Array): void => {
    if (taking === null) return;
    takenBytes += bytes.length;
    if (takenBytes > LONGEST_VALUE) throw unreadable();
    taken.push(new Uint8Array(bytes));
  };

  const begin = (byte: number): void => {
    const opens = byte === OPEN_OBJECT || byte === OPEN_LIST;
    const paths = leadingHere();
    taking = paths.find((path) => wanted[path]?.length === frames.length) ?? null;
    const frame = frames.at(-1);
    if (frame !== undefined) frame.filled = true;
    if (taking === null && opens && paths.length > 0) {
      const isObject = byte === OPEN_OBJECT;
      frames.push({ isObject, key: '', filled: false, paths });
      state = isObject ? 'key' : 'value';
      return;
    }
    taken = [];
    takenBytes = 0;
    depth = opens ? 1 : 0;
    inString = byte === QUOTE;
    escaped = false;
    state = opens || inString ? 'inside' : 'scalar';
  };

  const close = (): void => {
    frames.pop();
    state = frames.length === 0 ? 'end' : 'after';
  };

  /** The value that ends in this chunk, made of its bytes without a copy where all of them are here. */
  const found = (chunk: Buffer, from: number, end: number): JsonValue | null => {
    if (taking === null) return null;
    if (takenBytes + end - from > LONGEST_VALUE) throw unreadable();
    const text =
      takenBytes === 0
        ? chunk.toString('utf8', from, end)
        : Buffer.concat([...taken, chunk.subarray(from, end)]).toString();
    const value: JsonValue = { path: taking, value: parsed(text) };
    taking = null;
    return value;
  };

  const isInside = (): boolean => state === 'inside' || state === 'scalar';

  /** Goes on inside a value from `from`; where it ends, or the end of the chunk. */
  const through = (chunk: Uint8Array, from: number): number => {
    let at = from;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === 0) return at + 1;
        }
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    return -1;
  };

  const scalarEnd = (chunk: Uint8Array, from: number): number => {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || SPACES.has(byte)) return at;
    }
    return -1;
  };

  /** One byte between values. */
  const between = (byte: number): void => {
    const frame = frames.at(-1);
    switch (state) {
      case 'prefix':
        seen += 1;
        if (byte === OPEN_OBJECT || byte === OPEN_LIST) begin(byte);
        else if (seen > LONGEST_PREFIX) throw unreadable();
        return;
      case 'value':
        if (byte === CLOSE_LIST && frame?.isObject === false && !frame.filled) close();
        else if (byte === COMMA || byte === COLON || byte === CLOSE_LIST || byte === CLOSE_OBJECT)
          throw unreadable();
        else begin(byte);
        return;
      case 'key':
        if (byte === CLOSE_OBJECT && frame?.filled === false) close();
        else if (byte === QUOTE) {
          key = [];
          escaped = false;
          state = 'in-key';
        } else throw unreadable();
        return;
      case 'colon':
        if (byte !== COLON) throw unreadable();
        state = 'value';
        return;
      case 'after':
        if (byte === COMMA) state = frame?.isObject === true ? 'key' : 'value';
        else if (byte === (frame?.isObject === true ? CLOSE_OBJECT : CLOSE_LIST)) close();
        else throw unreadable();
        return;
      case 'end':
        if (byte !== SEMICOLON) throw unreadable();
        return;
      case 'in-key':
      case 'inside':
      case 'scalar':
        throw new Error(`A walk is not between values while ${state}`);
    }
  };

  const inKey = (byte: number): void => {
    if (byte === QUOTE && !escaped) {
      const frame = frames.at(-1);
      const name = parsed(Buffer.from([QUOTE, ...key, QUOTE]).toString());
      if (frame !== undefined) frame.key = String(name);
      state = 'colon';
      return;
    }
    escaped = byte === BACKSLASH && !escaped;
    if (key.length === LONGEST_KEY) throw unreadable();
    key.push(byte);
  };

  /** One value at a time, so that no more than one is held. */
  function* take(bytes: Uint8Array): Generator<JsonValue> {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    /** Where in this chunk the value begins, or goes on, that is being gone through. */
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (isInside()) {
        const end = state === 'inside' ? through(chunk, at) : scalarEnd(chunk, at);
        if (end === -1) break;
        at = end;
        state = 'after';
        const value = found(chunk, from, end);
        if (value !== null) yield value;
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (state === 'in-key') inKey(byte);
      else if (state === 'prefix' || !SPACES.has(byte)) {
        between(byte);
        // A value's first byte belongs to it.
        if (isInside()) from = at;
      }
      at += 1;
    }
    if (isInside()) keep(chunk.subarray(from));
  }

  return {
    take,
    /** A document that ends before its end is damaged. */
    end: (): void => {
      if (state !== 'end') throw unreadable();
    },
  };
};

/** The values at these paths, in the order in which they stand in the document. */
export async function* jsonValues(
  chunks: AsyncIterable<Uint8Array>,
  wanted: readonly JsonPath[],
): AsyncGenerator<JsonValue> {
  const walk = walker(wanted);
  for await (const chunk of chunks) for (const value of walk.take(chunk)) yield value;
  walk.end();
}
