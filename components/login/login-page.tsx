'use client';

import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { Bird } from '#components/shell/bird.tsx';
import { Button } from '#components/ui/button.tsx';
import { LateWords } from '#components/ui/late-words.tsx';
import { clearWhenLeft } from '#lib/client/session/clear-when-left.ts';
import { signIn } from '#lib/client/session/sign-in.ts';
import type { SignInStep } from '#lib/client/session/sign-in.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';

const field =
  'mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-read text-ink placeholder:text-faint pointer-coarse:h-11';

/** Sign-in. What was typed stays after a refusal, but for nothing that should not be seen. */
export function LoginPage({
  next,
  isKiosk,
  quietMinutes,
  wasIdle,
}: {
  next: string;
  /** The administrator says that this is a shared computer: nobody has to know and tick it. */
  isKiosk: boolean;
  /** After so many minutes without anybody a shared computer is signed out. */
  quietMinutes: number;
  /** Whoever was here was signed out because nobody was there. */
  wasIdle: boolean;
}) {
  const t = useTranslations('login');
  const errorText = useErrorText();
  const [step, setStep] = useState<SignInStep | 'opening' | null>(null);
  const busy = step !== null;
  const [error, setError] = useState<MailErrorValue | null>(null);
  const [isPublic, setPublic] = useState(isKiosk);
  const [isKept, setKept] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  // Before that the browser would send the form itself, and what was typed would be gone.
  const isAlive = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );

  useEffect(() => (isKiosk && form.current ? clearWhenLeft(form.current, () => setError(null)) : undefined), [isKiosk]);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const fields = new FormData(event.currentTarget);
    setError(null);
    try {
      const credentials = {
        address: text(fields, 'address').trim(),
        password: text(fields, 'password'),
        publicComputer: isPublic,
        keep: isKept && !isPublic,
      };
      await signIn(credentials, setStep);
      setStep('opening');
      // A real navigation: the page that asked for a password is gone from memory.
      window.location.replace(isPublic ? '/mail/INBOX' : next);
    } catch (failure) {
      setStep(null);
      setError(isMailError(failure) ? toMailErrorValue(failure) : { code: 'unexpected', retryable: true });
      passwordField.current?.select();
    }
  }

  return (
    <main className={`flex h-dvh flex-col items-center overflow-auto p-5 ${isKiosk ? 'large-type' : ''}`}>
      <div className="my-auto w-full max-w-[368px]">
        <div className="mb-7 flex items-center gap-2.5 text-accent">
          <Bird size={30} />
          <span className="text-subject font-semibold tracking-tight text-ink">Pipit</span>
        </div>
        <h1 className="text-hero font-semibold tracking-tight">{t('title')}</h1>
        <p className="mt-1.5 text-read text-muted">{isKiosk ? t('kioskLead') : t('lead')}</p>
        {wasIdle ? (
          <p role="status" className="mt-4 rounded-md bg-hover px-3 py-2 text-meta leading-normal">
            {t('wasIdle')}
          </p>
        ) : null}
        <form ref={form} className="mt-7" method="post" onSubmit={(event) => void onSubmit(event)}>
          <label className="block text-meta font-medium">
            {t('address')}
            <input
              className={field}
              name="address"
              type="text"
              inputMode="email"
              autoComplete={isPublic ? 'off' : 'username'}
              autoCapitalize="none"
              spellCheck={false}
              required
              autoFocus
              dir="ltr"
            />
          </label>
          <label className="mt-4 block text-meta font-medium">
            {t('password')}
            <input
              ref={passwordField}
              className={field}
              name="password"
              type="password"
              autoComplete={isPublic ? 'off' : 'current-password'}
              required
              dir="ltr"
            />
          </label>
          <Tick
            label={t('publicComputer')}
            hint={t('publicHint', { minutes: quietMinutes })}
            value={isPublic}
            onChange={setPublic}
            isFixed={isKiosk}
          />
          {isPublic ? null : <Tick label={t('keep')} hint={t('keepHint')} value={isKept} onChange={setKept} />}
          {error ? (
            <p
              role="alert"
              className="mt-4 rounded-md border-s-4 border-danger bg-hover px-3 py-2 text-meta leading-normal"
            >
              {errorText(error)}
            </p>
          ) : null}
          <Button
            type="submit"
            look="primary"
            className="mt-6 h-10 w-full text-list disabled:!opacity-100"
            disabled={!isAlive}
            aria-disabled={busy}
          >
            {busy ? t('signingIn') : t('signIn')}
          </Button>
          {/* Its place is kept, so that nothing moves when it speaks. */}
          <div className="mt-3 h-12 text-center">
            <LateWords words={t(step ?? 'asking')} isWaiting={busy} />
          </div>
        </form>
      </div>
    </main>
  );
}

function Tick({
  label,
  hint,
  value,
  onChange,
  isFixed = false,
}: {
  label: string;
  /** Shown once it is ticked. */
  hint: string;
  value: boolean;
  onChange: (value: boolean) => void;
  isFixed?: boolean;
}) {
  const id = useId();
  return (
    <>
      <label className="mt-4 flex items-start gap-2.5 text-meta leading-normal pointer-coarse:min-h-11 pointer-coarse:items-center">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-accent"
          checked={value}
          disabled={isFixed}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={id}
        />
        {label}
      </label>
      <p id={id} className="ms-6.5 mt-1 text-small leading-normal text-muted" hidden={!value}>
        {hint}
      </p>
    </>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
