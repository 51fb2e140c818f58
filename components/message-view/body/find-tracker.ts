/**
 * Who learns from a picture that a message was opened: the name people know, the host (with all below it) or null for any, and how the
 * path begins or what stands in it. Written down from what these senders' own messages ask for; a picture is only ever named by it.
 */
const known: readonly (readonly [name: string, host: string | null, path: RegExp | null])[] = [
  ['ActiveCampaign', 'activehosted.com', null],
  ['ActiveCampaign', null, /^\/lt\.php$/],
  ['Adobe', 'demdex.net', null],
  ['Adobe', 'omtrdc.net', null],
  ['Amazon SES', 'awstrack.me', null],
  ['Bananatag', 'bl-1.com', null],
  ['beehiiv', 'beehiiv.com', /^\/ss\/o\//],
  ['Boomerang', 'mailstat.us', null],
  ['Brevo', null, /^\/(?:mk|tr)\/op\//],
  ['Campaign Monitor', 'createsend.com', /\/o\.gif$/],
  ['Campaign Monitor', null, /^\/t\/[\w-]+\/o\.gif$/],
  ['Cirrus Insight', 'tracking.cirrusinsight.com', null],
  ['CleverReach', 'crsend.com', null],
  ['Close', 'close.com', /^\/email_opened/],
  ['Close', 'close.io', /^\/email_opened/],
  ['Constant Contact', 'rs6.net', null],
  ['Customer.io', 'customeriomail.com', /^\/e\/o\//],
  ['Customer.io', 'track.customer.io', /^\/e\/o\//],
  ['Drip', 'getdrip.com', null],
  ['Facebook', 'facebook.com', /^\/(?:tr|email_open_log_pic\.php)\/?$/],
  ['Front', 'frontapp.com', /\/noauth\//],
  ['GetResponse', 'getresponse.com', /^\/open\.html$/],
  ['GMass', 'gmass.co', null],
  ['Google Analytics', 'google-analytics.com', null],
  ['Google Ads', 'doubleclick.net', null],
  ['HubSpot', 'hubspotemail.net', null],
  ['HubSpot', 'hubspotlinks.com', null],
  ['HubSpot', 'track.hubspot.com', null],
  ['HubSpot', null, /^\/e[23]t\/(?:o|to|Cto)\//],
  ['Intercom', 'intercom-mail.com', /^\/(?:via\/)?o/],
  ['Intercom', 'via.intercom.io', /^\/o/],
  ['Iterable', null, /^\/e\/eo$/],
  ['Kit', 'convertkit-mail.com', null],
  ['Kit', 'convertkit-mail2.com', null],
  ['Klaviyo', 'klaviyomail.com', null],
  ['LinkedIn', 'linkedin.com', /^\/(?:emimp|px)\b/],
  ['Litmus', 'emltrk.com', null],
  ['Mailchimp', 'list-manage.com', null],
  ['Mailchimp', 'mandrillapp.com', /^\/track\//],
  ['MailerLite', 'mlsend.com', null],
  ['Mailgun', 'mailgun.org', /^\/o\//],
  ['Mailjet', 'mjt.lu', /^\/oo\//],
  ['Mailtrack', 'mailtrack.io', null],
  ['Mailtrack', 'mltrk.io', null],
  ['Marketo', 'mktomail.com', null],
  ['Mixmax', 'mixmax.com', /^\/api\/track/],
  ['Oracle Eloqua', 't.eloqua.com', null],
  ['Oracle Responsys', null, /^\/pub\/as$/],
  ['Outreach', null, /^\/api\/mailings\/opened/],
  ['Postmark', 'pstmrk.it', null],
  ['Salesforce', 'exct.net', null],
  ['Salesforce', 'pardot.com', null],
  ['Salesforce', null, /^\/open\.aspx$/],
  ['Salesloft', 'salesloft.com', /^\/email_trackers/],
  ['SendGrid', null, /^\/wf\/open$/],
  ['Silverpop', null, /^\/open\/log\//],
  ['SparkPost', 'spgo.io', null],
  ['Streak', 'mailfoogae.appspot.com', null],
  ['Substack', 'eotrx.substackcdn.com', null],
  ['Substack', 'substack.com', /^\/o\//],
  ['Superhuman', 'r.superhuman.com', null],
  ['Vero', 'getvero.com', /^\/e\/o/],
  ['X', 'twitter.com', /^\/scribe\//],
  ['Yesware', 't.yesware.com', null],
  ['Zoho', 'maillist-manage.com', null],
  ['Zoho', 'zcsend.net', null],
];

/** The tracker that an address of a picture belongs to; null where none is known. Any text may be given. */
export function findTracker(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  const found = known.find(
    ([, host, path]) =>
      (host === null || hostname === host || hostname.endsWith(`.${host}`)) && (path === null || path.test(pathname)),
  );
  return found?.[0] ?? null;
}

/** A picture that nobody is to see: two pixels at most either way, or hidden. Spacers that are wide or tall are not. */
export function isUnseen(image: HTMLElement): boolean {
  const { style } = image;
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return true;
  const width = sizeOf(style.width || style.maxWidth || image.getAttribute('width'));
  const height = sizeOf(style.height || style.maxHeight || image.getAttribute('height'));
  return width <= 2 && height <= 2;
}

/** In pixels; what says nothing, or says it in other units, is large. */
function sizeOf(text: string | null): number {
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$/i.exec(text ?? '') ?? [];
  return number === undefined ? Infinity : Number(number);
}
