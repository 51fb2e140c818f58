/** Longer subjects are cut: nobody tells two threads apart by what follows. */
const maxLength = 500;

const trailer = /\(fwd\)\s*$/i;
const leader = /^(?:\[[^[\]]*\]\s*)*(?:re|aw|sv|antw|fwd?|wg)\s*(?:\[[^[\]]*\]\s*)?:\s*/i;
const blob = /^\[[^[\]]*\]\s*/;
const wrapped = /^\[fwd:(.*)\]$/i;

/**
 * A subject without what answering and forwarding put around it (RFC 5256 section 2.1), in lower case, and whether it had any of that.
 * Besides the RFC's words also what German and Scandinavian programs write.
 */
export function baseSubject(subject: string): { base: string; isReply: boolean } {
  let rest = subject.slice(0, maxLength).replace(/\s+/g, ' ').trim();
  let isReply = false;
  for (let before = ''; before !== rest;) {
    before = rest;
    const cut = rest.replace(trailer, '').trimEnd().replace(leader, '');
    if (cut !== rest) isReply = true;
    rest = cut;
    const without = rest.replace(blob, '');
    if (without !== '') rest = without;
    const inner = wrapped.exec(rest)?.[1];
    if (inner !== undefined) {
      isReply = true;
      rest = inner.trim();
    }
  }
  return { base: rest.toLowerCase(), isReply };
}
