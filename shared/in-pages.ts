const PAGE = 100;

/** Every item of a list that is read in pages, each asked for after the last item of the one before. */
export async function* inPages<Item>(
  page: (limit: number, after?: Item) => Promise<readonly Item[]>,
): AsyncGenerator<Item> {
  let after: Item | undefined;
  do {
    const items = await page(PAGE, after);
    yield* items;
    after = items.length < PAGE ? undefined : items.at(-1);
  } while (after !== undefined);
}
