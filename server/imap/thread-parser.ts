import 'server-only';

/** Threads as they came: `uids` in the server's order, each thread from `starts[i]` up to the next start. */
export interface ThreadList {
  uids: Uint32Array;
  starts: Uint32Array;
}

/**
 * Reads the value of a THREAD response (RFC 5256 section 4), "(2)(3 6 (4 23)(44 7 96))", piece by piece and without recursion,
 * however deep a server nests: each outermost list is a thread, and who answers whom within is not kept. At most `most`
 * UIDs are taken; what is no UID is left out.
 */
export function makeThreadParser(most: number): { push(chunk: Uint8Array): void; end(): ThreadList } {
  let uids = new Uint32Array(Math.min(most, 1024));
  let starts = new Uint32Array(Math.min(most, 256));
  let count = 0;
  let threads = 0;
  let depth = 0;
  let number = 0;
  let isEmpty = true;

  function take(): void {
    const isUid = number > 0 && number <= 0xffffffff && count < most;
    if (isUid) {
      if (isEmpty) {
        if (threads === starts.length) starts = grown(starts, most);
        starts[threads] = count;
        threads += 1;
        isEmpty = false;
      }
      if (count === uids.length) uids = grown(uids, most);
      uids[count] = number;
      count += 1;
    }
    number = 0;
  }

  return {
    push(chunk) {
      for (const byte of chunk) {
        if (byte >= 0x30 && byte <= 0x39) {
          number = number * 10 + byte - 0x30;
          continue;
        }
        if (number > 0) take();
        if (byte === 0x28) {
          if (depth === 0) isEmpty = true;
          depth += 1;
        } else if (byte === 0x29) depth = Math.max(0, depth - 1);
      }
    },
    end() {
      if (number > 0) take();
      return { uids: uids.subarray(0, count), starts: starts.subarray(0, threads) };
    },
  };
}

function grown(values: Uint32Array<ArrayBuffer>, most: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(Math.min(most, Math.max(16, values.length * 2)));
  more.set(values);
  return more;
}

/** Those of two or more, one by one. */
export function* eachThread({ uids, starts }: ThreadList): Generator<Uint32Array> {
  for (let index = 0; index < starts.length; index += 1) {
    const from = starts[index] ?? 0;
    const to = starts[index + 1] ?? uids.length;
    if (to - from > 1) yield uids.subarray(from, to);
  }
}
