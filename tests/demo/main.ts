import { colleagues, demoAccount, readDemoState } from './demo-account.ts';
import { claimDemo } from './claim-demo.ts';
import { freeTcpPort } from './free-tcp-port.ts';
import { readyBox } from './ready-box.ts';
import { startDemoMail, writeMailJson } from './start-demo-mail.ts';
import { startPipit } from './start-pipit.ts';
import { startSubmission } from '#tests/support/mail-server/start-submission.ts';

/** The demo: mail server, submission and Pipit's production server in one program; `--mail-only` leaves Pipit out. */
const mailOnly = process.argv.includes('--mail-only');
const endings: (() => Promise<unknown> | void)[] = [];
let ending: Promise<void> | null = null;

// Standard output holds the result alone, so that `--mail-only` can be read by a program.
const say = (line: string) => void process.stderr.write(`· ${line}\n`);

function end(code: number): Promise<void> {
  ending ??= (async () => {
    // Three seconds are promised; whatever still lives then is killed by the handlers at exit.
    setTimeout(() => process.exit(code), 2_800).unref();
    await Promise.allSettled(endings.reverse().map(async (stop) => stop()));
    process.exit(code);
  })();
  return ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

try {
  endings.push(claimDemo());
  const { appSecret } = readDemoState();
  const mail = await startDemoMail(say);
  endings.push(() => mail.stop());
  const users = [demoAccount, ...colleagues.map((user) => ({ user, password: demoAccount.password }))];
  const submission = await startSubmission({ lmtpPort: mail.lmtpPort, users });
  endings.push(() => submission.stop());
  const details = {
    host: mail.host,
    imapPort: mail.imapPort,
    lmtpPort: mail.lmtpPort,
    smtpPort: submission.port,
    sievePort: mail.sievePort,
    imapSecurity: 'none',
    ...demoAccount,
  };
  writeMailJson(details);
  if (mailOnly) {
    process.stdout.write(`${JSON.stringify(details)}\n`);
  } else {
    const port = await freeTcpPort(Number(process.env.PORT ?? 3000));
    say('Starting Pipit');
    const pipit = await startPipit({ port, appSecret, imapPort: mail.imapPort, smtpPort: submission.port, sievePort: mail.sievePort });
    endings.push(() => pipit.stop());
    void pipit.ended.then((code) => {
      if (ending) return;
      say(`Pipit ended by itself (${code})`);
      void end(1);
    });
    process.stdout.write(readyBox({ address: `http://localhost:${port}`, ...demoAccount }));
  }
} catch (error) {
  say(error instanceof Error ? error.message : 'The demo could not start');
  await end(1);
}
