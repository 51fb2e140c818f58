/** Milliseconds that `work` takes, once. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds of `rounds` runs one after the other, after one that is not counted. */
export async function rounds(count: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  await work(0);
  const times: number[] = [];
  for (let round = 1; round <= count; round += 1) times.push(await timed(() => work(round)));
  return times;
}
