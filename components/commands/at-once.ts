/** As many messages as one change may name; more are the server's to work off. */
export const atOnce = 1000;
