/**
 * One text for one value, whoever writes it: keys in the order of their UTF-16 code units, no spaces, as RFC 8785. Values
 * here are texts, whole numbers, `true`, `false` and `null`, whose form JSON fixes.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
  return `{${fields.join(',')}}`;
};
