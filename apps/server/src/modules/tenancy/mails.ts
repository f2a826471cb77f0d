interface InvitationFacts {
  organization: string;
  inviter: string;
  role: string;
  link: string;
  days: number;
}

const roleNames: Record<string, Record<string, string>> = {
  en: { owner: 'owner', admin: 'administrator', operator: 'operator', viewer: 'viewer', billing: 'billing' },
  'pt-BR': {
    owner: 'proprietário',
    admin: 'administrador',
    operator: 'operador',
    viewer: 'leitor',
    billing: 'financeiro',
  },
};

/** The invitation mail in the inviter's language, as plain text: links in plain text survive every mail client. */
export function invitationMail(locale: string, facts: InvitationFacts): { subject: string; text: string } {
  const role = roleNames[locale]?.[facts.role] ?? facts.role;
  const name = oneLine(facts.organization);
  const inviter = oneLine(facts.inviter);
  if (locale === 'pt-BR') {
    return {
      subject: `Convite para ${name} no CloudAtlas`,
      text: `${inviter} convidou você para ${name} no CloudAtlas como ${role}.\n\nAceite em até ${facts.days} dias:\n${facts.link}\n\nSe você não esperava este convite, ignore este e-mail.\n`,
    };
  }
  return {
    subject: `Invitation to ${name} on CloudAtlas`,
    text: `${inviter} invited you to ${name} on CloudAtlas as ${role}.\n\nAccept within ${facts.days} days:\n${facts.link}\n\nIf you did not expect this invitation, ignore this e-mail.\n`,
  };
}

/** Names are people's input: no line breaks into subjects. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').slice(0, 120);
}
