"""The whole of forming a partnership as one statement: the facts, the judgement, the writes.

For PostgreSQL, whose statements can write more than one table. What it leaves out is a lead
provider's own challenged or relationship partnership, which would be used again.
"""

from typing import Final

from benchmarks.lists.flat import SHOWN

_SHOWN: Final = SHOWN["postgresql"].format

STATEMENT: Final = f"""
WITH facts AS (
  SELECT c.start_year, s.id AS school_id, s.urn, l.id AS lead_provider_id,
    l.name AS lead_provider, d.id AS delivery_partner_id, d.name AS delivery_partner,
    t.name AS tutor,
    coalesce(t.email, nullif(s.primary_contact_email, ''),
      nullif(s.secondary_contact_email, '')) AS email,
    sc.choice, ip.id AS programme_id, ip.partnership_id AS programme_partnership_id,
    greatest(now(), c.academic_year_start_date) + interval '14 days' AS deadline,
    c.start_year IS NOT NULL AND NOT s.cip_only AND s.eligible AND current.id IS NULL
      AND sc.choice = 'provider_led' AND d.id IS NOT NULL AND r.cohort IS NOT NULL AS allowed
  FROM (SELECT %(cohort)s::smallint AS cohort, %(school_id)s::uuid AS school_id,
    %(delivery_partner_id)s::uuid AS delivery_partner_id,
    (SELECT lead_provider_id FROM api_tokens LIMIT 1) AS lead_provider_id) sent
  LEFT JOIN cohorts c ON c.start_year = sent.cohort
  LEFT JOIN schools s ON s.id = sent.school_id
  LEFT JOIN induction_tutors t ON t.school_id = s.id
  LEFT JOIN lead_providers l ON l.id = sent.lead_provider_id
  LEFT JOIN delivery_partners d ON d.id = sent.delivery_partner_id AND d.discarded_at IS NULL
  LEFT JOIN provider_relationships r ON r.lead_provider_id = l.id
    AND r.delivery_partner_id = d.id AND r.cohort = c.start_year AND r.discarded_at IS NULL
  LEFT JOIN school_cohorts sc ON sc.school_id = s.id AND sc.cohort = c.start_year
  LEFT JOIN induction_programmes ip ON ip.school_id = s.id AND ip.cohort = c.start_year
    AND ip.is_default
  LEFT JOIN partnerships current ON current.school_id = s.id AND current.cohort = c.start_year
    AND current.challenged_at IS NULL AND NOT current.relationship
), formed AS (
  INSERT INTO partnerships (id, school_id, cohort, lead_provider_id, delivery_partner_id,
    relationship, challenge_deadline, version, created_at, updated_at)
  SELECT gen_random_uuid(), school_id, start_year, lead_provider_id, delivery_partner_id,
    false, deadline, 1, now(), now()
  FROM facts WHERE allowed
  RETURNING id, school_id, cohort
), confirmed AS (
  UPDATE school_cohorts sc SET version = version + 1, updated_at = now()
  FROM formed WHERE sc.school_id = formed.school_id AND sc.cohort = formed.cohort
), adopted AS (
  UPDATE induction_programmes ip SET partnership_id = formed.id, updated_at = now()
  FROM formed WHERE ip.school_id = formed.school_id AND ip.cohort = formed.cohort
    AND ip.is_default
), told AS (
  INSERT INTO events (name, version, happened_at, actor, subject_id, payload)
  SELECT 'partnership_reported', 1, now(), 'lead provider: ' || lead_provider, formed.id,
    jsonb_build_object('partnership_id', formed.id, 'school_id', facts.school_id,
      'cohort', start_year, 'lead_provider_id', lead_provider_id, 'before', NULL,
      'after', jsonb_build_object('delivery_partner_id', delivery_partner_id,
        'relationship', false, 'challenge_reason', NULL, 'challenged_at', NULL,
        'challenge_deadline', deadline),
      'programme_before', jsonb_build_object('choice', choice,
        'default_programme_id', programme_id, 'partnership_id', programme_partnership_id),
      'programme_after', jsonb_build_object('choice', choice,
        'default_programme_id', programme_id, 'partnership_id', formed.id))
  FROM facts CROSS JOIN formed
)
SELECT formed.id::text, start_year::text, urn, facts.school_id::text, delivery_partner_id::text,
  delivery_partner, 'active', NULL, NULL, tutor, email, {_SHOWN("now()")}, {_SHOWN("now()")}
FROM facts JOIN formed ON true
"""  # noqa: S608 - no input
