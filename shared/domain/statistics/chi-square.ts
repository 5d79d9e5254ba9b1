/** ln Γ(x) for x > 0: Lanczos 1964, g = 7, nine terms, exact to about 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

const lnGamma = (x: number): number => {
  const at = x - 1;
  const t = at + 7.5;
  const sum = LANCZOS.reduce((total, term, index) => total + (index === 0 ? term : term / (at + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum);
};

/** The upper tail of the gamma distribution, Q(a, x): a series below its middle, a continued fraction (Lentz) above. */
const upperTail = (a: number, x: number): number => {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 1_000 && term > sum * 1e-15; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - sum * scale);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1_000; n += 1) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction * scale;
};

/** `hits` of `n` in each of several groups. */
export interface Tried {
  readonly hits: number;
  readonly n: number;
}

/**
 * How often chance alone would make the shares of these groups differ at least so much (Pearson's test of homogeneity), or
 * `null` where there are too few for it: it needs five expected hits and five expected misses in each group.
 */
export const chanceOf = (groups: readonly Tried[]): number | null => {
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const hits = groups.reduce((sum, group) => sum + group.hits, 0);
  if (groups.length < 2 || n === 0) return null;
  const share = hits / n;
  if (groups.some((group) => Math.min(group.n * share, group.n * (1 - share)) < 5)) return null;
  const distance = groups.reduce(
    (sum, group) => sum + (group.hits - group.n * share) ** 2 / (group.n * share * (1 - share)),
    0,
  );
  return upperTail((groups.length - 1) / 2, distance / 2);
};
