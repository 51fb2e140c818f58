/** What a server without an extension of IMAP does not know. */
export interface Extension {
  /** What it does not say in CAPABILITY. */
  capabilities: string[];
  /** Commands, without their tag, that it answers with BAD. */
  refused?: RegExp;
  /** What it does not say besides: taken out of its lines. */
  unsaid?: RegExp;
}

/** By the name people use; `ENABLE` with an unknown word is no error but does nothing (RFC 5161 section 3.1). */
const extensions = {
  NOTIFY: { capabilities: ['NOTIFY'], refused: /^NOTIFY /i },
  QRESYNC: { capabilities: ['QRESYNC'], refused: /\(QRESYNC |\bVANISHED\)/i },
  CONDSTORE: {
    capabilities: ['CONDSTORE', 'QRESYNC'],
    refused: /\(QRESYNC |\bVANISHED\)|\(CONDSTORE\)|\bCHANGEDSINCE |\bUNCHANGEDSINCE |\bHIGHESTMODSEQ\b|[ (]MODSEQ\b/i,
    unsaid: /^\* OK \[(HIGHESTMODSEQ|NOMODSEQ)[^\]]*\].*$|HIGHESTMODSEQ \d+ ?/i,
  },
  IDLE: { capabilities: ['IDLE'], refused: /^IDLE$/i },
  'LIST-EXTENDED': { capabilities: ['LIST-EXTENDED', 'LIST-STATUS', 'SPECIAL-USE', 'LIST-MYRIGHTS', 'LIST-METADATA'], refused: /^LIST .*\bRETURN \(|^LIST \(/i },
  'LIST-STATUS': { capabilities: ['LIST-STATUS'], refused: /^LIST .*\bSTATUS \(/i },
  'SPECIAL-USE': {
    capabilities: ['SPECIAL-USE', 'CREATE-SPECIAL-USE', 'XLIST'],
    refused: /^LIST .*\bSPECIAL-USE\b|^XLIST /i,
    unsaid: /(?<=^\* LIST \([^)]*)(?: ?\\(?:All|Archive|Drafts|Flagged|Important|Junk|Sent|Trash))(?=[ )])/gi,
  },
  MOVE: { capabilities: ['MOVE', 'XMOVE'], refused: /^(UID )?X?MOVE /i },
  UIDPLUS: { capabilities: ['UIDPLUS'], refused: /^UID EXPUNGE /i, unsaid: / ?\[(APPENDUID|COPYUID) [^\]]*\]/i },
  ESEARCH: { capabilities: ['ESEARCH', 'ESORT', 'SEARCHRES', 'CONTEXT=SEARCH'], refused: /^(UID )?(SEARCH|SORT) RETURN /i },
  NAMESPACE: { capabilities: ['NAMESPACE'], refused: /^NAMESPACE$/i },
  UTF8: { capabilities: ['UTF8=ACCEPT', 'UTF8=ONLY'], refused: /^ENABLE .*\bUTF8=/i },
  ENABLE: { capabilities: ['ENABLE', 'QRESYNC', 'UTF8=ACCEPT'], refused: /^ENABLE /i },
  PREVIEW: { capabilities: ['PREVIEW', 'PREVIEW=FUZZY', 'SNIPPET=FUZZY'], refused: /[ (](PREVIEW|SNIPPET)\b/ },
  OBJECTID: { capabilities: ['OBJECTID'], refused: /[ (](EMAILID|THREADID|MAILBOXID)\b/, unsaid: / ?\[MAILBOXID [^\]]*\]/i },
  THREAD: { capabilities: ['THREAD=REFS', 'THREAD=REFERENCES', 'THREAD=ORDEREDSUBJECT'], refused: /^(UID )?THREAD /i },
  'THREAD=REFS': { capabilities: ['THREAD=REFS'], refused: /^(UID )?THREAD REFS /i },
  'SASL-IR': { capabilities: ['SASL-IR'], refused: /^AUTHENTICATE \S+ ./i },
  'LITERAL+': { capabilities: ['LITERAL+', 'LITERAL-'], refused: /\{\d+\+\}$/ },
} as const satisfies Record<string, Extension>;

export type ExtensionName = keyof typeof extensions;

/** What RFC 3501 itself has: a server with no extension knows no other command. */
const plainCommands =
  /^(CAPABILITY|NOOP|LOGOUT|STARTTLS|AUTHENTICATE|LOGIN|SELECT|EXAMINE|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE|LIST|LSUB|STATUS|APPEND|CHECK|CLOSE|EXPUNGE|SEARCH|FETCH|STORE|COPY|UID (?:COPY|FETCH|STORE|SEARCH))(?: |$)/i;

/** A server that lacks these, as one extension. `everything`: it is RFC 3501 and nothing else. */
export function lacking(names: readonly ExtensionName[] | 'everything'): {
  isSaid(capability: string): boolean;
  isRefused(command: string): boolean;
  cleanse(line: string): string;
} {
  const every = names === 'everything';
  const missing: Extension[] = (every ? (Object.keys(extensions) as ExtensionName[]) : names).map((name) => extensions[name]);
  const unsaid = new Set(missing.flatMap(({ capabilities }) => capabilities));
  return {
    isSaid: (capability) => (every ? /^(IMAP4rev1|AUTH=.*|STARTTLS|LOGINDISABLED)$/.test(capability) : !unsaid.has(capability)),
    isRefused: (command) => missing.some(({ refused }) => refused?.test(command)) || (every && !plainCommands.test(command)),
    cleanse: (line) => missing.reduce((text, extension) => (extension.unsaid ? text.replace(extension.unsaid, '') : text), line),
  };
}
