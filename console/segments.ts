/** A stretch of a text and why it is marked. Offsets count UTF-16 units, as the API's do. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: 'reason' | 'person';
}

export interface Segment {
  readonly text: string;
  readonly kinds: readonly Mark['kind'][];
}

/** The text cut where a mark begins or ends; joined again it is the text. */
export const segmentsOf = (text: string, marks: readonly Mark[]): Segment[] => {
  const cuts = [0, text.length, ...marks.flatMap(({ start, end }) => [start, end])];
  const places = [...new Set(cuts)].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  return places.slice(1).map((end, index) => {
    const start = places[index] ?? 0;
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
    return { text: text.slice(start, end), kinds: [...new Set(over.map(({ kind }) => kind))] };
  });
};
