import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Imports go one way (README, Layout). In `no-restricted-imports` only a regex matches names that start with "#". */
const border = (files, ...rules) => ({
  files,
  ignores: ['**/*.test.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: rules.map(([regex, message]) => ({ regex, message })) }] },
});
const app = ['^#app/', 'app/ is the entry; nothing imports it'];
const components = ['^#components/', 'components are drawn by app and by each other only'];
const server = ['^#server/(?!actions/)', 'the browser may name server/actions only'];
const tests = ['^#tests/', 'tests are imported by tests only'];
const imapflow = ['^imapflow', 'server/imap is the only importer of imapflow'];
const nodemailer = ['^nodemailer', 'server/smtp is the only importer of nodemailer'];
const zod = ['^zod$', 'the browser uses types only'];

export default tseslint.config(
  { ignores: ['.next', '.data', '*.config.*', 'node_modules', 'next-env.d.ts', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: 'test', package: 'node:test' }] }],
      'no-eval': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Only the message frame draws HTML.' },
        { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: 'Only the message frame draws HTML.' },
        { selector: "CallExpression[callee.property.name='insertAdjacentHTML'], CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", message: 'Only the message frame draws HTML.' },
        { selector: "JSXAttribute[name.name='srcDoc'], AssignmentExpression[left.property.name='srcdoc'], CallExpression[callee.property.name='setAttribute'][arguments.0.value='srcdoc']", message: 'The message frame has an address of its own.' },
      ],
    },
  },
  border(['app/**/*.{ts,tsx}'], tests, imapflow, nodemailer),
  border(['components/**/*.{ts,tsx}'], app, server, tests, imapflow, zod),
  border(['components/ui/**/*.{ts,tsx}'], app, components, server, tests, ['^#lib/', 'ui knows no mail words']),
  border(['lib/client/**/*.{ts,tsx}'], app, components, server, tests, imapflow, zod),
  border(['lib/{format,i18n}/**/*.{ts,tsx}', 'lib/errors.ts'], app, components, ['^#server/', 'lib runs anywhere'], tests),
  border(['lib/mail/**/*.ts'], app, components, ['^#server/', 'lib/mail imports only zod'], tests, ['^(?!zod$|\\.)', 'lib/mail imports only zod']),
  border(['server/{mail,actions,content,events,processes,auth,store}/**/*.ts'], app, components, tests, imapflow, nodemailer),
  border(['server/imap/**/*.ts'], app, components, tests, nodemailer, ['^#server/(content|smtp|mail|events|actions)/', 'server/imap stands below']),
  border(['server/smtp/**/*.ts'], app, components, tests, imapflow, ['^#server/(content|imap|mail|events|actions)/', 'server/smtp stands below']),
  border(['server/sieve/**/*.ts'], app, components, tests, imapflow, nodemailer, ['^#server/(content|imap|smtp|mail|events|actions|store)/', 'server/sieve stands below']),
  border(['server/content/**/*.ts'], app, components, tests, nodemailer, ['^#server/(?!content|env|singleton)', 'server/content knows no neighbours']),
);
