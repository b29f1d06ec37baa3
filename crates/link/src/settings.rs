//! The settings of the method: one set for whole reports, incidents and given mentions.

/// Weights and limits of the clustering. The defaults are the ones that every published score was measured with.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Weight of a word of the headline against one of the body.
    pub title: f32,
    /// Weight of a word of the lead.
    pub lead: f32,
    /// Weight of a name or number against another word.
    pub name: f32,
    /// As how many reports English at large counts in telling rare words from common ones.
    pub background: f32,
    /// How many of a report's most telling words are indexed.
    pub index_terms: usize,
    /// How many neighbours in an index list each member is compared with.
    pub neighbours: usize,
    /// Cosine at which two reports of one day are as likely to tell one story as not.
    pub even: f32,
    /// What a day between two reports costs, in cosine.
    pub per_day: f32,
    /// What an unknown publication day costs, in cosine.
    pub undated: f32,
    /// Score of two reports that were never compared.
    pub strangers: f32,
    /// Distance in bytes at which a word beside a mention counts half.
    pub near: f32,
    /// Score of two mentions before anything is compared.
    pub prior: f32,
    /// The same for events that were read with their type, actors and places: those of one report that the reader
    /// left apart are likely different.
    pub event_prior: f32,
    /// The same for events of two reports.
    pub across_prior: f32,
    /// Weight of the cosine of the words around two mentions.
    pub context: f32,
    /// Weight of the cosine of the reports of two given mentions, as far as it is more or less than `middling`.
    pub docs: f32,
    /// The cosine that says nothing.
    pub middling: f32,
    /// Weight of an utterance that both reports give.
    pub quote: f32,
    /// Both use the same word.
    pub same_head: f32,
    /// Cost of words of two families for what was said (an accusation and a demand are two acts of one kind).
    pub other_word: f32,
    /// Both stand in one report.
    pub same_report: f32,
    /// Cost of "a strike" after another one in the report; "the strike" gains half of it.
    pub article: f32,
    /// One is told in the headline, the other in the first sentences.
    pub headline: f32,
    /// Both reports tell it in their headline or first sentences.
    pub beginning: f32,
    /// The later of two in one report names no place, or no day; the cost where it does.
    pub scene: f32,
    /// Cost where the later of two in one report names who did it and the first did not.
    pub doer: f32,
    /// Cost where the sentence of the later of two in one report opens on something else ("In addition").
    pub turn: f32,
    /// Cost of several sentences between two of one report.
    pub far: f32,
    /// Cost where the reports tell different stories.
    pub other_story: f32,
    /// The same for events that were read: what they are tells more than what else their reports say.
    pub other_event_story: f32,
    /// The same where one report has no day and both name one scene, one weekday or one doer.
    pub other_undated_story: f32,
    /// Cost where one happened and the other is only planned or possible, which is easily misread.
    pub factuality: f32,
    /// Cost where who surely acts in one suffers in the other, in two reports: either may have read the roles wrong.
    pub roles: f32,
    /// Cost where one report tells of aircraft, drones or missiles brought down and the other of something else.
    pub downing: f32,
    /// Cost where one report tells of dead and the other only of wounded.
    pub dead: f32,
    /// Cost of each further deed of the kind that one report tells between the two; the last one told gains as much by what
    /// names no place.
    pub between: f32,
    /// Cost of a pair of mentions that was never compared.
    pub unlike: f32,
    /// Cost of something that rules a pair out.
    pub contradiction: f32,
    /// Weight of a shared or different actor, and of a target.
    pub actor: f32,
    /// Weight of the same or other means (PLOVER mode).
    pub means: f32,
    /// Weight of the cosine of the words for what it was done to.
    pub object: f32,
    /// Cost where one side has only nouns in the singular, the other only plurals.
    pub number: f32,
    /// Weight of a shared place.
    pub place: f32,
    /// Weight of a shared day.
    pub time: f32,
    /// Weight of a shared weekday where a date is missing.
    pub weekday: f32,
    /// Weight of being answered by the same incident, according to two reports.
    pub response: f32,
    /// Weight of an equal or unequal count.
    pub figure: f32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: 3.0,
            lead: 1.5,
            name: 1.7,
            background: 200.0,
            index_terms: 16,
            neighbours: 30,
            even: 0.1,
            per_day: 0.02,
            undated: 0.1,
            strangers: -0.1,
            near: 40.0,
            prior: 0.0,
            event_prior: -0.45,
            across_prior: -0.25,
            context: 1.0,
            docs: 1.0,
            middling: 0.4,
            quote: 0.25,
            same_head: 0.2,
            other_word: 0.25,
            same_report: 0.1,
            article: 0.5,
            headline: 1.0,
            beginning: 0.2,
            scene: 0.2,
            doer: 0.2,
            turn: 0.6,
            far: 0.4,
            other_story: 0.6,
            other_event_story: 0.2,
            other_undated_story: 0.1,
            factuality: 0.3,
            roles: 0.3,
            downing: 0.8,
            between: 0.15,
            dead: 0.25,
            unlike: 0.2,
            contradiction: 3.0,
            actor: 0.3,
            means: 0.15,
            object: 0.5,
            number: 0.15,
            place: 0.5,
            time: 0.6,
            weekday: 0.45,
            response: 0.3,
            figure: 0.5,
        }
    }
}
