import type { JSX } from 'hono/jsx/jsx-runtime';

/**
 * The HTML of what is written as JSX. `renderToString` of Hono says the same, and brings along all that draws in a browser: 17 kB
 * of a start.
 */
export const markup = (element: JSX.Element): string => {
  const html: unknown = element instanceof Promise ? element : element.toString();
  if (typeof html !== 'string') throw new Error('A part of it has to be waited for');
  return html;
};
