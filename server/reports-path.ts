/** Where browsers report what the pages' policy refused (CSP Level 3, report-to). */
export const reportsPath = '/api/reports';
