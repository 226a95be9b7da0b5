import type { Demo } from '../config.js';

/**
 * The group the sandbox opens with when nobody has written a configuration yet: two sites, ten people, every role, two
 * languages, and each site's leads in Slack and in Teams at once. `env` stands in for the secrets; they open nothing
 * but a demonstration on this machine.
 */
export const demoConfig: Demo = {
  yaml: `
group: Groupe Lumière
language: fr
currency: EUR
country: FR

dealerships:
  - id: lyon
    name: Lumière Lyon
    timezone: Europe/Paris
    hours: &wide
      mon: ["07:00-22:00"]
      tue: ["07:00-22:00"]
      wed: ["07:00-22:00"]
      thu: ["07:00-22:00"]
      fri: ["07:00-22:00"]
      sat: ["07:00-22:00"]
      sun: ["09:00-20:00"]
    channels:
      leads: ["slack:C0LEADSLYON", "teams:19:leads-lyon@thread.tacv2"]
      appraisals: "slack:C0VOLYON"
      managers: "slack:C0CHEFSLYON"
    digest: { at: "18:30" }
    abandonment:
      reasons:
        - { id: bought-elsewhere, fr: "A acheté ailleurs", en: "Bought elsewhere" }
        - { id: no-budget, fr: "Budget insuffisant", en: "No budget" }
        - { id: unreachable, fr: "Injoignable", en: "Unreachable" }
        - { id: postponed, fr: "Projet reporté", en: "Postponed" }
        - { id: invalid, fr: "Faux contact", en: "Not a real enquiry" }
      decideWithin: 1d
    appraisal: { answerWithin: 2h }

  - id: annecy
    name: Lumière Annecy
    timezone: Europe/Paris
    language: en
    hours: *wide
    channels:
      leads: ["slack:C0LEADSANNECY", "teams:19:leads-annecy@thread.tacv2"]
      managers: "slack:C0CHEFSANNECY"

people:
  - { id: alice, name: Alice Martin, slack: U0ALICE, teams: aad-alice, roles: { lyon: [salesperson] } }
  - { id: bruno, name: Bruno Petit, slack: U0BRUNO, teams: aad-bruno, roles: { lyon: [salesperson], annecy: [salesperson] } }
  - { id: julien, name: Julien Morel, slack: U0JULIEN, teams: aad-julien, roles: { lyon: [salesperson] } }
  - { id: chloe, name: Chloé Durand, slack: U0CHLOE, teams: aad-chloe, language: en, roles: { annecy: [salesperson] } }
  - { id: emma, name: Emma Wright, slack: U0EMMA, teams: aad-emma, language: en, roles: { annecy: [salesperson] } }
  - { id: martine, name: Martine Leroy, slack: U0MARTINE, teams: aad-martine, roles: { lyon: [sales-manager], annecy: [sales-manager] } }
  - { id: nora, name: Nora Haas, slack: U0NORA, teams: aad-nora, language: en, roles: { annecy: [sales-manager] } }
  - { id: omar, name: Omar Benali, slack: U0OMAR, teams: aad-omar, roles: { lyon: [used-car-manager], annecy: [used-car-manager] } }
  - { id: sophie, name: Sophie Blanc, slack: U0SOPHIE, teams: aad-sophie, roles: { lyon: [reception] } }
  - { id: didier, name: Didier Faure, slack: U0DIDIER, teams: aad-didier, roles: { "*": [director] } }

sources:
  - id: website
    name: Site web
    token: "env:INTAKE_WEBSITE_TOKEN"
    thanksUrl: "https://example.org/merci"
    aliases: { nom: customer.name, tel: customer.phone, courriel: customer.email, modele: interest.model, concession: dealership }
  - { id: portal, name: Portail VO, token: "env:INTAKE_PORTAL_TOKEN" }
  - { id: callcentre, name: Centre d'appel, token: "env:INTAKE_CALLCENTRE_TOKEN", dealership: lyon }
  - { id: mailbox, name: Boîte contact, token: "env:INTAKE_MAILBOX_TOKEN", dealership: annecy }
  - { id: oem, name: Constructeur, secret: "env:INTAKE_OEM_SECRET" }
`,
  env: {
    INTAKE_WEBSITE_TOKEN: 'demo-website',
    INTAKE_PORTAL_TOKEN: 'demo-portal',
    INTAKE_CALLCENTRE_TOKEN: 'demo-callcentre',
    INTAKE_MAILBOX_TOKEN: 'demo-mailbox',
    INTAKE_OEM_SECRET: 'demo-oem',
  },
};
