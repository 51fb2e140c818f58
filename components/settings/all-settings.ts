import { ArchiveField, BlockedField, FoldersField, LabelsField, PicturesField, StorageField } from './lazy-fields.tsx';
import type { SwipeAct } from '#lib/mail/preferences.ts';
import { NotificationsField } from './notifications-field.tsx';
import { SessionsField } from './sessions-field.tsx';
import { choice, onOff, own } from './setting.ts';
import type { Setting, SettingText } from './setting.ts';
import { IdentitiesField } from './writing/identities-field.tsx';
import { MailtoField } from './writing/mailto-field.tsx';
import { TemplatesField } from './writing/templates-field.tsx';

const swipeOptions: readonly (readonly [SwipeAct, SettingText])[] = [
  ['archive', 'swipeArchive'],
  ['delete', 'swipeDelete'],
  ['read', 'swipeRead'],
  ['star', 'swipeStar'],
  ['move', 'swipeMove'],
  ['nothing', 'swipeNothing'],
];

/**
 * Every setting there is, in the order it is shown. The settings page, its search and the command palette are made from it: a new
 * preference is a field in lib/mail/preferences.ts, a line here, and its texts under `settings` in the catalogues.
 */
export const allSettings: readonly Setting[] = [
  choice('markReadAfter', { id: 'markRead', section: 'reading' }, [
    [0, 'markReadNow'],
    [2, 'markReadTwo'],
    [5, 'markReadFive'],
    [null, 'markReadNever'],
  ]),
  choice('body', { id: 'body', section: 'reading' }, [
    ['html', 'bodyHtml'],
    ['plain', 'bodyPlain'],
  ]),
  choice('checkEvery', { id: 'checkEvery', section: 'reading', hint: 'checkEveryHint' }, [
    [0, 'checkAtOnce'],
    [1, 'checkOne'],
    [5, 'checkFive'],
    [15, 'checkFifteen'],
    [null, 'checkByHand'],
  ]),
  onOff('darkMail', { id: 'darkMail', section: 'reading', hint: 'darkMailHint' }),
  own(PicturesField, { id: 'pictures', section: 'reading' }, ['picturesHint']),
  own(BlockedField, { id: 'blocked', section: 'reading' }, ['blockedHint']),
  own(IdentitiesField, { id: 'identities', section: 'writing' }, [
    'identitiesHint',
    'identitySignature',
    'identityReplyTo',
  ]),
  choice('undoSeconds', { id: 'undoSend', section: 'writing', hint: 'undoSendHint' }, [
    [0, 'undoSendOff'],
    [5, 'undoSendFive'],
    [10, 'undoSendTen'],
    [20, 'undoSendTwenty'],
    [30, 'undoSendThirty'],
  ]),
  choice('writeAs', { id: 'writeAs', section: 'writing' }, [
    ['html', 'writeAsHtml'],
    ['plain', 'writeAsPlain'],
  ]),
  own(TemplatesField, { id: 'templates', section: 'writing' }, ['templatesHint']),
  own(MailtoField, { id: 'mailto', section: 'writing' }, ['mailtoHint']),
  choice('theme', { id: 'theme', section: 'appearance' }, [
    ['system', 'themeSystem'],
    ['light', 'themeLight'],
    ['dark', 'themeDark'],
  ]),
  choice('layout', { id: 'layout', section: 'appearance', hint: 'layoutHint' }, [
    ['beside', 'layoutBeside'],
    ['instead', 'layoutInstead'],
    ['below', 'layoutBelow'],
  ]),
  choice('density', { id: 'density', section: 'appearance' }, [
    ['comfortable', 'densityComfortable'],
    ['compact', 'densityCompact'],
  ]),
  onOff('wakesWhileAway', { id: 'wakesWhileAway', section: 'reading', hint: 'wakesWhileAwayHint' }),
  onOff('foldersAsIcons', { id: 'foldersAsIcons', section: 'appearance', hint: 'foldersAsIconsHint' }),
  choice('language', { id: 'language', section: 'appearance', reloads: true }, [
    ['system', 'languageSystem'],
    ['en', { asIs: 'English' }],
    ['de', { asIs: 'Deutsch' }],
    ['ar', { asIs: 'العربية' }],
  ]),
  own(NotificationsField, { id: 'notify', section: 'notifications' }, ['notifyHint']),
  onOff('showUnsubscribed', { id: 'showUnsubscribed', section: 'folders', hint: 'showUnsubscribedHint' }),
  own(ArchiveField, { id: 'archiveBy', section: 'folders' }, [
    'archiveByNone',
    'archiveByYear',
    'archiveByMonth',
    'archiveByHint',
  ]),
  own(FoldersField, { id: 'allFolders', section: 'folders' }),
  own(LabelsField, { id: 'allLabels', section: 'labels' }),
  own(StorageField, { id: 'spaceTaken', section: 'storage' }, ['spaceTakenHint']),
  choice('keySet', { id: 'keySet', section: 'keyboard', hint: 'keySetHint' }, [
    ['gmail', 'keySetGmail'],
    ['fastmail', 'keySetFastmail'],
    ['off', 'keySetOff'],
  ]),
  choice('swipeRight', { id: 'swipeRight', section: 'touch' }, swipeOptions),
  choice('swipeLeft', { id: 'swipeLeft', section: 'touch', hint: 'swipeHint' }, swipeOptions),
  own(SessionsField, { id: 'signedIn', section: 'sessions' }, ['signedInHint', 'endOthers', 'endAll']),
];
