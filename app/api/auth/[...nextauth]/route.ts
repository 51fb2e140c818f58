import { signInWithNextAuth, csrfWithNextAuth } from '#server/auth/next-auth-handler.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Of next-auth's addresses only these two exist: the token against forged forms, and the sign-in itself. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  return nextauth.join('/') === 'csrf' ? csrfWithNextAuth(request, context) : new Response(null, { status: 404 });
}

export async function POST(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  const isSignIn = nextauth.join('/') === 'callback/credentials';
  return isSignIn ? signInWithNextAuth(request, context) : new Response(null, { status: 404 });
}
