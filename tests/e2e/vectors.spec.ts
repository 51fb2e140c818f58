import { startRecordingProxy } from '#tests/support/recording-proxy.ts';
import type { RecordingProxy } from '#tests/support/recording-proxy.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, test } from './fixture.ts';
import { password } from './start-app.ts';
import { heavyBodies } from './heavy-bodies.ts';
import { allVectors } from './vectors/all-vectors.ts';
import { browserNames, openTab } from './vectors/browsers.ts';
import type { Tab } from './vectors/browsers.ts';
import { bundleInPage } from './vectors/bundle-in-page.ts';
import type { Outcome, Way } from './vectors/in-page.ts';
import { startPlainPages } from './vectors/plain-pages.ts';
import { toLetters } from './vectors/to-letters.ts';

const vectors = allVectors();
const frame = 'iframe[title="Message body"]';
/** Together in one page at a time: a hundred, so that what goes wrong is soon found. */
const together = 100;

interface Result {
  ran: number;
  left: string[];
  asked: string[];
  moved: string[];
}

const nothing: Result = { ran: 0, left: [], asked: [], moved: [] };

/** Puts all vectors into the page's frame, some at a time; what is wrong with some is said with the vectors themselves. */
async function runAll(tab: Tab, proxy: RecordingProxy, way: Way, some = vectors, size = together): Promise<Result> {
  const result: Result = { ran: 0, left: [], asked: [], moved: [] };
  for (let start = 0; start < some.length; start += size) {
    const batch = some.slice(start, start + size);
    const outcome = await tab.evaluate<Outcome>(`vectors.runVectors(${JSON.stringify(batch)}, ${JSON.stringify(way)}, ${JSON.stringify(frame)})`);
    result.left.push(...outcome.left.map(([index, markup]) => `${markup} FROM ${batch[index]}`));
    if (!outcome.isInPlace) result.moved.push(batch.join('\n'));
    const asked = proxy.asked.splice(0);
    const opened = tab.dialogs.splice(0);
    result.ran += outcome.ran + opened.length;
    result.asked.push(...asked);
  }
  return result;
}

/** Waits until an expression is true in the page. */
function isThere(tab: Tab, what: string): Promise<void> {
  return expect.poll(() => tab.evaluate<boolean>(what).catch(() => false), { message: what, timeout: 20_000 }).toBe(true);
}

/** Signs in and opens the newest message, in any browser. */
async function openMessage(tab: Tab, address: string, user: string): Promise<void> {
  await tab.open(`${address}/login`);
  // Who was signed in before in this browser has nothing to do with it.
  await isThere(
    tab,
    `(async () => {
      if (location.pathname === '/login') return document.querySelector('button[type=submit]:enabled') !== null;
      await fetch('/api/sign-out', { method: 'POST' });
      location.href = '/login';
      return false;
    })()`,
  );
  await tab.evaluate(`(() => {
    const type = (field, value) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type(document.querySelector('input[type=email], input[autocomplete=username]'), ${JSON.stringify(user)});
    type(document.querySelector('input[type=password]'), ${JSON.stringify(password)});
    setTimeout(() => document.querySelector('button[type=submit]').click());
  })()`);
  await isThere(tab, `document.querySelector('[role=status][data-state=live]') !== null && document.querySelector('[role=grid] [role=row]') !== null`);
  await tab.evaluate(`document.querySelector('[role=grid] [role=row]').click()`);
  await isThere(tab, `document.querySelector('${frame}')?.contentDocument?.body?.textContent.includes('Beginning') ?? false`);
}

/** Stands for the browser's notifications, which nothing without a window shows: allowed, and written down. */
const notifications = `(() => {
  globalThis.told = [];
  globalThis.Notification = class {
    static permission = 'granted';
    static requestPermission = () => Promise.resolve('granted');
    constructor(title, { body = '' } = {}) {
      told.push(title + '|' + body);
    }
    close() {}
  };
})()`;

/** A name with markup in it, as RFC 5322 quotes it. */
const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

for (const name of browserNames) {
  test.describe(name, () => {
    let proxy: RecordingProxy;
    let tab: Tab;
    let script: string;

    test.beforeAll(async ({ browser }) => {
      [proxy, script] = await Promise.all([startRecordingProxy(), bundleInPage()]);
      tab = await openTab(name, browser, proxy);
    });
    test.afterAll(async () => {
      await tab.close();
      await proxy.close();
    });

    test('checks 1, 3, 29, 30, 34 and 84: the filter alone lets no vector run, load or stay active', async () => {
      test.setTimeout(180_000);
      const plain = await startPlainPages();
      await tab.open(plain.address);
      await tab.evaluate(`(() => { ${script}; globalThis.vectors = vectors; })()`);
      expect(await runAll(tab, proxy, 'read')).toEqual(nothing);
      expect(await runAll(tab, proxy, 'dark')).toEqual(nothing);
      await plain.close();
    });

    test('check 71: HTML that would keep the browser busy for minutes or end it is drawn in part or not at all, and soon', async () => {
      test.setTimeout(120_000);
      const plain = await startPlainPages();
      await tab.open(plain.address);
      await tab.evaluate(`(() => { ${script}; globalThis.vectors = vectors; })()`);
      for (const [what, html] of Object.entries(heavyBodies)) {
        const took = await tab.evaluate<number>(`vectors.drawHeavy(${JSON.stringify(html)}, ${JSON.stringify(frame)})`);
        expect(took, what).toBeLessThan(6_000);
      }
      await plain.close();
    });

    test('checks 5, 8 and 9: the filters of quotes and of the clipboard let no vector run or stay active', async () => {
      test.setTimeout(180_000);
      const plain = await startPlainPages();
      await tab.open(plain.address);
      await tab.evaluate(`(() => { ${script}; globalThis.vectors = vectors; })()`);
      // What an editor shows of a remote picture is the editor's to decide: here the address stays.
      expect({ ...(await runAll(tab, proxy, 'quote')), asked: [] }).toEqual(nothing);
      expect({ ...(await runAll(tab, proxy, 'paste')), asked: [] }).toEqual(nothing);
      await plain.close();
    });

    test('checks 1, 2 and 29: the frame alone, and frame and filter together, let no vector run or ask anybody', async ({ app, person }) => {
      test.setTimeout(180_000);
      await person.device.append('INBOX', [{ raw: aMessage({ subject: 'A frame', html: '<p>Beginning</p>' }) }]);
      await openMessage(tab, app.address, person.user);
      await tab.evaluate(`(() => { ${script}; globalThis.vectors = vectors; })()`);
      expect(await tab.evaluate(`document.querySelector('${frame}').getAttribute('sandbox')`)).toBe('allow-same-origin allow-popups allow-popups-to-escape-sandbox');
      // Chromium opens an empty connection to where a frame in the frame would lead before the policy stops it; by http a request is told from that.
      const unencrypted = vectors.map((vector) => vector.replaceAll(/https(?=:|&colon;)/gi, 'http'));
      expect(await runAll(tab, proxy, 'raw', unencrypted)).toEqual(nothing);
      expect(await runAll(tab, proxy, 'read')).toEqual(nothing);
    });

    test('checks 1 and 5: messages full of vectors are read, printed, answered, forwarded, kept as drafts and opened again, and nothing runs or is asked', async ({ app, person }) => {
      test.setTimeout(180_000);
      const letters = toLetters(vectors, 8);
      await person.device.append('INBOX', letters.map((html, index) => ({ raw: aMessage({ subject: `Letter ${index}`, html }) })));
      await openMessage(tab, app.address, person.user);
      for (const [index] of letters.entries()) {
        await tab.evaluate(`[...document.querySelectorAll('[role=row]')].find((row) => row.textContent.includes('Letter ${index}')).click()`);
        await isThere(tab, `document.querySelector('${frame}')?.contentDocument?.body?.textContent.includes('Beginning ${index}') ?? false`);
        const verb = index % 2 ? 'Forward' : 'Reply';
        await tab.evaluate(`[...document.querySelectorAll('#message button')].find((button) => [button.ariaLabel, button.title, button.textContent].some((text) => text?.trim().startsWith('${verb}'))).click()`);
        const written = `document.querySelector('[role=dialog] [contenteditable=true]')`;
        await isThere(tab, `${written} !== null && (${written}.textContent.includes('Beginning ${index}') || /original message/.test(${written}.textContent))`);
        const isKept = index === 0;
        if (isKept) {
          await tab.print();
          await tab.evaluate(`(() => {
            const field = [...document.querySelectorAll('[role=dialog] input')].find((input) => input.value === 'Re: Letter ${index}');
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'Re: Letter ${index} kept');
            field.dispatchEvent(new Event('input', { bubbles: true }));
          })()`);
          await isThere(tab, `/Saved \\d/.test(document.querySelector('[role=dialog]').textContent)`);
        }
        await tab.evaluate(`[...document.querySelectorAll('[role=dialog] button')].find((button) => [button.ariaLabel, button.textContent].includes('${isKept ? 'Close and keep as draft' : 'Discard draft'}')).click()`);
        await isThere(tab, `${written} === null`);
        if (isKept) {
          await tab.evaluate(`document.querySelector('[data-mailbox=Drafts]').click()`);
          const draft = `[...document.querySelectorAll('[role=row]')].find((row) => row.textContent.includes('Re: Letter ${index}'))`;
          await isThere(tab, `${draft} !== undefined`);
          await tab.evaluate(`${draft}.click()`);
          await isThere(tab, `${written} !== null`);
          await tab.evaluate(`[...document.querySelectorAll('[role=dialog] button')].find((button) => [button.ariaLabel, button.textContent].includes('Close and keep as draft')).click()`);
          await isThere(tab, `${written} === null`);
          await tab.evaluate(`document.querySelector('[data-mailbox=INBOX]').click()`);
          await isThere(tab, `[...document.querySelectorAll('[role=row]')].some((row) => row.textContent.includes('Letter 7'))`);
        }
      }
      expect({ dialogs: tab.dialogs, asked: proxy.asked }).toEqual({ dialogs: [], asked: [] });
    });

    test('checks 1 and 6: vectors in subjects, names, texts and a mailbox’s name are words in lists, search results and what is opened there, titles, toasts and notifications, and nothing that is pasted runs', async ({ app, person }) => {
      test.setTimeout(120_000);
      const short = vectors.map((vector) => vector.replaceAll(/[\0-\x1f]+/g, ' ').trim()).filter((vector) => vector.length < 120);
      const letters = toLetters(vectors, 16);
      const raws = letters.map((html, index) => {
        const [first = '', ...others] = short.filter((_, place) => place % letters.length === index).slice(0, 6);
        return aMessage({ subject: `Letter ${index} ${others.join(' ')}`, from: `${quoted(`${first} <img src=x onerror=alert(1)>`)} <ann@else.test>`, text: `findme ${index} ${short.slice(index * 10).join(' ').slice(0, 2_000)}\n`, html: `<p>findme</p>${html}` });
      });
      const markup = '<img src=x onerror=alert(1)>';
      await person.device.append('INBOX', raws.map((raw) => ({ raw })));
      await person.device.command(`CREATE "${markup}"`);
      await openMessage(tab, app.address, person.user);
      const isClean = async (where: string) => {
        const active = await tab.evaluate(`[...document.querySelectorAll('[src=x], [onerror], [onload], [onbegin], [onmouseover], [onfocus], marquee, object, embed')].map(({ outerHTML }) => outerHTML)`);
        expect({ active, dialogs: tab.dialogs, asked: proxy.asked }, where).toEqual({ active: [], dialogs: [], asked: [] });
      };
      const rows = `[...document.querySelectorAll('[role=grid] [role=row]')]`;
      const field = `document.querySelector('input[type=search]')`;
      const click = (selector: string, text: string) => `[...document.querySelectorAll('${selector}')].find((one) => [one.ariaLabel, one.textContent].includes('${text}')).click()`;
      const type = (field: string, text: string) => `(() => {
        const field = ${field};
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)});
        field.dispatchEvent(new Event('input', { bubbles: true }));
      })()`;
      await isClean('list');

      // Words of the mails are looked for, and then markup itself; what is found is opened from there.
      for (const [index, words] of ['findme', `"${markup}"`].entries()) {
        await tab.evaluate(`${field}.focus()`);
        await tab.evaluate(type(field, words));
        await tab.evaluate(`${field}.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))`);
        await isThere(tab, `[...document.querySelectorAll('[role=status]')].some(({ textContent }) => /^${letters.length} messages found/.test(textContent)) && ${rows}.length > 4`);
        expect(await tab.evaluate(`${rows}[1].textContent`)).toContain(markup);
        await isClean(words);
        await tab.evaluate(`${rows}[${index + 1}].click()`);
        await isThere(tab, `/Beginning \\d/.test(document.querySelector('${frame}')?.contentDocument?.body?.textContent ?? '')`);
        await isClean(`opened after ${words}`);
      }

      // All vectors are pasted into an answer; a toast names the subject it is then saved with.
      await tab.evaluate(`[...document.querySelectorAll('#message button')].find((button) => [button.ariaLabel, button.title, button.textContent].some((text) => text?.trim().startsWith('Reply'))).click()`);
      const written = `document.querySelector('[role=dialog] [contenteditable=true]')`;
      await isThere(tab, `${written} !== null`);
      for (const [index, html] of letters.entries()) {
        await tab.evaluate(`(() => {
          ${written}.focus();
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/html', ${JSON.stringify(`<p>Pasted ${index}</p>${html}`)});
          const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
          ${written}.dispatchEvent(Object.defineProperty(event, 'clipboardData', { value: clipboardData })); // Firefox leaves one out that it is made with.
        })()`);
        await isThere(tab, `${written}.textContent.includes('Pasted ${index}')`);
        await isClean(`pasted ${index}`);
      }
      await tab.evaluate(click('[role=dialog] button', 'More options'));
      await isThere(tab, `[...document.querySelectorAll('[role=menuitem]')].some(({ textContent }) => textContent === 'Save as template')`);
      await tab.evaluate(click('[role=menuitem]', 'Save as template'));
      const save = '[role=dialog] [type=submit], [role=dialog] button';
      await isThere(tab, `[...document.querySelectorAll('${save}')].some(({ textContent }) => textContent === 'Save as template')`);
      await tab.evaluate(click(save, 'Save as template'));
      await isThere(tab, `[...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent.includes('Template “') && textContent.includes('<'))`);
      await isClean('toast');
      await tab.evaluate(click('[role=dialog] button', 'Discard draft'));
      await isThere(tab, `document.querySelector('[role=dialog]') === null`);

      await tab.open(`${app.address}/settings/notifications`);
      // Drawn by the server it hears no click yet; React marks what it has taken over.
      await isThere(tab, `Object.keys(document.querySelector('input[type=checkbox]') ?? {}).some((key) => key.startsWith('__reactProps'))`);
      await tab.evaluate(notifications);
      await tab.evaluate(`document.querySelector('input[type=checkbox]').click()`);
      await isThere(tab, `performance.getEntriesByType('resource').some(({ initiatorType, name }) => initiatorType === 'fetch' && name.endsWith('/settings/notifications'))`);
      await tab.open(`${app.address}/mail/${encodeURIComponent(markup)}`);
      await isThere(tab, `document.querySelector('[role=status][data-state=live]') !== null`);
      await tab.evaluate(notifications);
      await tab.evaluate(`void Object.defineProperty(document, 'visibilityState', { value: 'hidden' })`);
      await person.device.append('INBOX', [{ raw: aMessage({ subject: `New ${markup}`, from: `${quoted(markup)} <ann@else.test>` }) }]);
      await isThere(tab, `told.includes('${markup}|New ${markup}')`);
      await isThere(tab, `document.title.includes('${markup}')`);
      await isClean('notification and title');
    });

    test('without filter and frame the vectors run and load: the tests above can fail', async () => {
      const plain = await startPlainPages();
      await tab.open(plain.address);
      await tab.evaluate(`(() => { ${script}; globalThis.vectors = vectors; })()`);
      const samples = ['<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<script>alert(1)</script>', '<img src="https://evil.test/a.png">', '<p style="background:url(http://evil.test/b.png)">x</p>', '<link rel=stylesheet href="https://evil.test/c.css">'];
      const { ran, asked } = await runAll(tab, proxy, 'raw', samples);
      expect(ran).toBeGreaterThanOrEqual(2);
      expect(asked.length).toBeGreaterThanOrEqual(3);
      await plain.close();
    });
  });
}
