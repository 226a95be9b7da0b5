export const TEAMS_STYLE = '';
