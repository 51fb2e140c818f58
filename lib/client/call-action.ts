import type { Result } from '#lib/errors.ts';
import { lookForUpdate, sayOutdated } from './updated.ts';

/**
 * What a Server Action answers; also when the call did not come through: `server-unreachable`, or `page-outdated` where
 * the server is of another build and does not know the action. Never throws.
 */
export async function callAction<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call;
  } catch (error) {
    // Next's own name of it; there are several of the class.
    if (error instanceof Error && error.name === 'UnrecognizedActionError') {
      sayOutdated();
      return { ok: false, error: { code: 'page-outdated', retryable: false } };
    }
    void lookForUpdate();
    return { ok: false, error: { code: 'server-unreachable', retryable: true } };
  }
}
