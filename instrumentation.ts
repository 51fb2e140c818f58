/** Runs once when Next's server starts: ties sessions and shutdown to those who hold connections for them. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { connectLifecycle } = await import('#server/lifecycle.ts');
  await connectLifecycle();
}
