let drift = 0;

/** Counts messages that were held otherwise than the server has them and that no event had told of. */
export function countDrift(repaired: number): void {
  drift += repaired;
}

/** What was counted since it was asked last, to be told to the server's log. */
export function takeDrift(): number {
  const counted = drift;
  drift = 0;
  return counted;
}
