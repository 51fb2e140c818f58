/** What a server says became of a message, for each recipient (RFC 3464 section 2.3). All strings are the server's and hostile. */
export interface DeliveryReport {
  recipients: ReportedRecipient[];
}

export interface ReportedRecipient {
  address: string;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code such as "5.1.1" (RFC 3463), or empty. */
  status: string;
  /** The server's own words; null where it gave none. */
  reason: string | null;
}
