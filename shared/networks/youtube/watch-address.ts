/** A video's page, which is its name too. */
export const watchAddress = (id: string): string => `https://www.youtube.com/watch?v=${id}`;
