/** What our script does, as it says itself. */
export interface SieveRules {
  /** Addresses whose mail goes to Spam, lower case, the latest last. */
  blocked: string[];
}

export interface SievePlaces {
  junk: string;
  /** Whether the server makes the mailbox where there is none (RFC 5490, extension "mailbox"). */
  canCreate: boolean;
}

/** The one script that is ours; every other one is the person's. */
export const ownScript = 'pipit';

/** What the script needs (RFC 5228 section 4.1, RFC 5232). */
export const neededExtensions = ['fileinto', 'imap4flags'] as const;

const head = '# Made by Pipit, and made anew when something changes: what is written here by hand is lost.';
const entry = /^# blocked (".*")$/;

/** The whole script. What it does stands in comments too, from which `rulesOf` reads it. */
export function toScript({ blocked }: SieveRules, { junk, canCreate }: SievePlaces): string {
  const addresses = blocked.map(clean);
  const comments = addresses.map((address) => `# blocked ${JSON.stringify(address)}`);
  if (addresses.length === 0) return lines([head]);
  const required = [...neededExtensions, ...(canCreate ? ['mailbox'] : [])];
  return lines([
    head,
    ...comments,
    `require ${list(required)};`,
    `if address :is :all :comparator "i;ascii-casemap" "from" ${list(addresses)} {`,
    '  addflag "$Junk";',
    `  fileinto ${canCreate ? ':create ' : ''}${quote(junk)};`,
    '  stop;',
    '}',
  ]);
}

/** What a script of ours does; of another, nothing. */
export function rulesOf(script: string): SieveRules {
  const blocked = script.split(/\r?\n/).flatMap((line) => {
    const [, written] = entry.exec(line) ?? [];
    try {
      const address: unknown = written ? JSON.parse(written) : null;
      return typeof address === 'string' ? [address] : [];
    } catch {
      return []; // Somebody wrote into it.
    }
  });
  return { blocked };
}

/** Whether a person's own script runs ours: a line that only they put there (RFC 6609 section 3.2). */
export function includesOurs(script: string): boolean {
  const code = script.replace(/\/\*[\s\S]*?\*\/|#[^\n]*/g, '');
  return /\binclude\s+(?:(?::personal|:once|:optional)\s+)*"pipit"\s*;/i.test(code);
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quote).join(', ')}]`;
}

/** A quoted string (RFC 5228 section 2.4.2), from which nothing gets out. */
function quote(text: string): string {
  return `"${clean(text).replace(/["\\]/g, '\\$&')}"`;
}

function clean(text: string): string {
  return text.replace(/[\r\n\0]/g, '');
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\r\n`).join('');
}
