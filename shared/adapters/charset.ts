import { TextDecoder } from 'node:util';

const BYTE_ORDER_MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], charset: 'utf-8' },
  { bytes: [0xff, 0xfe], charset: 'utf-16le' },
  { bytes: [0xfe, 0xff], charset: 'utf-16be' },
] as const;

const HEADER_CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
const XML_ENCODING = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/i;
/** An XML declaration comes first and is short. */
const DECLARATION_BYTES = 256;

const decoderFor = (charset: string | undefined): TextDecoder | null => {
  if (charset === undefined) return null;
  try {
    return new TextDecoder(charset);
  } catch (error) {
    // The standard's answer to a charset that nobody knows.
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** A body as text: by its byte order mark, else its header, else its XML declaration, else as UTF-8. Never throws. */
export const decodeBody = (body: Uint8Array, contentType: string | null): string => {
  const mark = BYTE_ORDER_MARKS.find(({ bytes }) => bytes.every((byte, index) => body[index] === byte));
  const declaration = new TextDecoder('latin1').decode(body.subarray(0, DECLARATION_BYTES));
  const decoder =
    decoderFor(mark?.charset) ??
    decoderFor(HEADER_CHARSET.exec(contentType ?? '')?.[1]) ??
    decoderFor(XML_ENCODING.exec(declaration)?.[1]) ??
    new TextDecoder();
  return decoder.decode(body);
};
