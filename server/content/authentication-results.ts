import 'server-only';
import type { CheckResult } from '#lib/mail/sender-truth.ts';

export interface Authentication {
  spf: CheckResult;
  dkim: CheckResult;
  dmarc: CheckResult;
  arc: CheckResult;
  /** Domains whose DKIM signature passed, lower case. */
  signedBy: string[];
}

const maxFields = 20;
const maxLength = 8_000;

/**
 * What trusted servers say in Authentication-Results fields (RFC 8601 section 2.2), unfolded, topmost first. Only fields whose
 * authserv-id is one of `trusted` count: anybody can write such a field, and the border server removes those that claim to be its
 * own (section 5). Null where no such field is there.
 */
export function readAuthentication(fields: readonly string[], trusted: readonly string[]): Authentication | null {
  const ours = fields
    .slice(0, maxFields)
    .map(parseField)
    .filter((field) => field !== null && trusted.includes(field.id));
  if (ours.length === 0) return null;
  const found: Authentication = { spf: 'none', dkim: 'none', dmarc: 'none', arc: 'none', signedBy: [] };
  for (const field of ours) {
    for (const { method, result, properties } of field?.results ?? []) {
      if (method === 'dkim' && result === 'pass') {
        const domain = properties.get('header.d') ?? properties.get('header.i')?.split('@').at(-1);
        if (domain) found.signedBy.push(domain.toLowerCase());
      }
      if (method === 'spf' || method === 'dkim' || method === 'dmarc' || method === 'arc') {
        found[method] = better(found[method], toResult(result));
      }
    }
  }
  return { ...found, signedBy: [...new Set(found.signedBy)] };
}

interface Field {
  id: string;
  results: { method: string; result: string; properties: Map<string, string> }[];
}

function parseField(text: string): Field | null {
  const plain = withoutComments(text.slice(0, maxLength));
  const [head = '', ...statements] = plain.split(';');
  const id = head.trim().split(/\s+/)[0]?.toLowerCase().replace(/^"|"$/g, '');
  if (!id) return null;
  const results = statements.flatMap((statement) => {
    const words = statement.trim().split(/\s+/);
    const first = /^([a-z][a-z0-9-]*)(?:\/\d+)?=([a-z]+)$/i.exec(words[0] ?? '');
    if (!first?.[1] || !first[2]) return [];
    const properties = new Map<string, string>();
    for (const word of words.slice(1)) {
      const property = /^([a-z]+\.[a-z0-9-]+)="?([^"\s]+)"?$/i.exec(word);
      if (property?.[1] && property[2]) properties.set(property[1].toLowerCase(), property[2]);
    }
    return [{ method: first[1].toLowerCase(), result: first[2].toLowerCase(), properties }];
  });
  return { id, results };
}

/** Comments are in parentheses and may nest (RFC 5322 section 3.2.2). */
function withoutComments(text: string): string {
  let depth = 0;
  let isQuoted = false;
  let plain = '';
  for (const character of text) {
    if (depth === 0 && character === '"') isQuoted = !isQuoted;
    if (!isQuoted && character === '(') depth += 1;
    if (depth === 0) plain += character;
    if (!isQuoted && character === ')' && depth > 0) depth -= 1;
  }
  return plain;
}

function toResult(word: string): CheckResult {
  if (word === 'pass') return 'pass';
  return word === 'fail' || word === 'softfail' || word === 'permerror' ? 'fail' : 'none';
}

/** Of several signatures one that holds is enough. */
function better(a: CheckResult, b: CheckResult): CheckResult {
  if (a === 'pass' || b === 'pass') return 'pass';
  return a === 'fail' || b === 'fail' ? 'fail' : 'none';
}
