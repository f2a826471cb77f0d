import type { Locale } from '@cloudatlas/contracts/common';

/** A mail's words. `{minutes}`-like parts do not occur: mails to unproved addresses repeat nothing that was typed. */
export interface MailText {
  subject: string;
  /** Paragraphs before the link. */
  body: readonly string[];
  /** Label of the link; absent when there is none. */
  action?: string;
  /** Paragraphs after the link. */
  footer: readonly string[];
}

export type MailKind =
  | 'verify'
  | 'account_exists'
  | 'reset'
  | 'password_changed'
  | 'mfa_enabled'
  | 'mfa_disabled'
  | 'recovery_codes_renewed'
  | 'recovery_code_used'
  | 'api_key_created';

const en: Record<MailKind, MailText> = {
  verify: {
    subject: 'Confirm your e-mail for CloudAtlas',
    body: [
      'Someone, we hope you, signed up for CloudAtlas with this address.',
      'Confirm it within 24 hours to finish:',
    ],
    action: 'Confirm my e-mail',
    footer: [
      'Open the link in the browser you signed up with, or type the password you chose there.',
      'If it was not you, ignore this mail: nothing happens without the link.',
    ],
  },
  account_exists: {
    subject: 'You already have a CloudAtlas account',
    body: [
      'Someone, we hope you, tried to sign up for CloudAtlas with this address, which already has an account.',
      'Sign in instead. If you forgot the password, choose a new one on the sign-in page:',
    ],
    action: 'Go to sign-in',
    footer: ['If it was not you, nothing is needed: your account has not changed.'],
  },
  reset: {
    subject: 'Choose a new CloudAtlas password',
    body: [
      'Someone, we hope you, asked to reset the password of your CloudAtlas account.',
      'Choose a new one within one hour:',
    ],
    action: 'Choose a new password',
    footer: ['If it was not you, ignore this mail: your password stays as it is.'],
  },
  password_changed: notice(
    'Your CloudAtlas password was changed',
    'The password of your CloudAtlas account was changed and your other sessions were ended.',
  ),
  mfa_enabled: notice(
    'Two-step sign-in is on',
    'Two-step sign-in was turned on for your CloudAtlas account.',
  ),
  mfa_disabled: notice(
    'Two-step sign-in is off',
    'Two-step sign-in was turned off for your CloudAtlas account.',
  ),
  recovery_codes_renewed: notice(
    'New recovery codes',
    'New recovery codes were made for your CloudAtlas account; the old ones no longer work.',
  ),
  recovery_code_used: notice(
    'A recovery code was used',
    'A recovery code was used to sign in to your CloudAtlas account.',
  ),
  api_key_created: notice('A new API key', 'An API key was created in your CloudAtlas account.'),
};

function notice(subject: string, sentence: string): MailText {
  return {
    subject,
    body: [sentence],
    action: 'Review my account',
    footer: ['If it was not you, choose a new password at once and look through your sessions and API keys.'],
  };
}

const ptBR: Record<MailKind, MailText> = {
  verify: {
    subject: 'Confirme seu e-mail no CloudAtlas',
    body: [
      'Alguém, esperamos que você, se cadastrou no CloudAtlas com este endereço.',
      'Confirme em até 24 horas para concluir:',
    ],
    action: 'Confirmar meu e-mail',
    footer: [
      'Abra o link no navegador em que você se cadastrou ou digite a senha que escolheu nele.',
      'Se não foi você, ignore este e-mail: nada acontece sem o link.',
    ],
  },
  account_exists: {
    subject: 'Você já tem uma conta no CloudAtlas',
    body: [
      'Alguém, esperamos que você, tentou se cadastrar no CloudAtlas com este endereço, que já tem uma conta.',
      'Entre com ela. Se esqueceu a senha, escolha outra na página de entrada:',
    ],
    action: 'Ir para a entrada',
    footer: ['Se não foi você, não é preciso fazer nada: sua conta não mudou.'],
  },
  reset: {
    subject: 'Escolha uma nova senha do CloudAtlas',
    body: [
      'Alguém, esperamos que você, pediu para redefinir a senha da sua conta no CloudAtlas.',
      'Escolha uma nova em até uma hora:',
    ],
    action: 'Escolher nova senha',
    footer: ['Se não foi você, ignore este e-mail: sua senha continua a mesma.'],
  },
  password_changed: aviso(
    'Sua senha do CloudAtlas foi alterada',
    'A senha da sua conta no CloudAtlas foi alterada e suas outras sessões foram encerradas.',
  ),
  mfa_enabled: aviso(
    'Verificação em duas etapas ativada',
    'A verificação em duas etapas foi ativada na sua conta do CloudAtlas.',
  ),
  mfa_disabled: aviso(
    'Verificação em duas etapas desativada',
    'A verificação em duas etapas foi desativada na sua conta do CloudAtlas.',
  ),
  recovery_codes_renewed: aviso(
    'Novos códigos de recuperação',
    'Novos códigos de recuperação foram gerados na sua conta do CloudAtlas; os antigos não funcionam mais.',
  ),
  recovery_code_used: aviso(
    'Um código de recuperação foi usado',
    'Um código de recuperação foi usado para entrar na sua conta do CloudAtlas.',
  ),
  api_key_created: aviso('Nova chave de API', 'Uma chave de API foi criada na sua conta do CloudAtlas.'),
};

function aviso(subject: string, sentence: string): MailText {
  return {
    subject,
    body: [sentence],
    action: 'Revisar minha conta',
    footer: ['Se não foi você, escolha uma nova senha imediatamente e revise suas sessões e chaves de API.'],
  };
}

export const mailTexts: Record<Locale, Record<MailKind, MailText>> = { en, 'pt-BR': ptBR };
