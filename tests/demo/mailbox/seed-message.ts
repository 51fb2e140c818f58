/** A message as it is to stand in the demo's mailbox. */
export interface SeedMessage {
  mailbox: string;
  raw: Buffer;
  /** IMAP flags and keywords; \Seen is laid on by the assembly unless `seen` says otherwise. */
  flags: string[];
  receivedAt: Date;
  /** Undefined leaves the choice to the assembly: old ones are read, a few of the newest are not. */
  seen?: boolean;
}
