"""Spoilt cohorts, lead providers and contracts."""

from tests.integration.cli.spoilt_files import (
    FIRST,
    HEADER,
    NO_DATE,
    NO_POUNDS,
    NO_WHOLE,
    NO_YEAR,
    ROW,
    Spoilt,
    cohort,
    contract,
)

COHORTS_AND_CONTRACTS = {
    "a missing header": Spoilt(
        "cohort_lead_providers.csv",
        "lead-provider-name,cohort",
        "lead-provider,cohort",
        "cohort_lead_providers.csv:1: lead-provider-name: '': this column is missing",
        "cohort_lead_providers.csv:1: lead-provider: '': this column is not known",
    ),
    "an unknown header": Spoilt(
        "cohort.csv",
        f"{HEADER}\n{ROW}",
        f"{HEADER},note\n{ROW},x",
        "cohort.csv:1: note: '': this column is not known",
    ),
    "a doubled header": Spoilt(
        "cohort.csv",
        f"{HEADER}\n{ROW}",
        f"{HEADER},start-year\n{ROW},2024",
        "cohort.csv:1: start-year: '': this column is there 2 times",
    ),
    "a bad cell below a bad header": Spoilt(
        "cohort.csv",
        f"{HEADER}\n{ROW}",
        f"{HEADER},note\n{ROW.replace('false', 'no')},x",
        "cohort.csv:1: note: '': this column is not known",
        "cohort.csv:2: mentor-funding: 'no': is neither true nor false",
        "cohort.csv:2: detailed-evidence-types: 'no': is neither true nor false",
    ),
    "no header at all": Spoilt(
        "cohort_lead_providers.csv",
        "lead-provider-name,cohort-start-year\n",
        "",
        "cohort_lead_providers.csv:1: has none of the columns"
        " lead-provider-name, cohort-start-year",
    ),
    "a cell too many": Spoilt(
        "cohort.csv",
        ROW,
        f"{ROW},x",
        "cohort.csv:2: cell 8: 'x': the row has 8 cells, the header 7",
    ),
    "a cell too few": Spoilt(
        "cohort.csv",
        ROW,
        ROW.removesuffix(",false"),
        "cohort.csv:2: detailed-evidence-types: '': the row has 6 cells, the header 7",
    ),
    "a date day first": cohort("registration-start-date", "10/05/2024", NO_DATE),
    "a two-digit year": cohort("registration-start-date", "24-05-10", NO_DATE),
    "a date in words": cohort("registration-start-date", "may", NO_DATE),
    "a day that is none": cohort("academic-year-start-date", "2024-02-30", NO_DATE),
    "a date and more": cohort("payments-frozen-at", "2024/12/31 extra", NO_DATE),
    "mixed separators": cohort("registration-start-date", "2024-06/25", NO_DATE),
    "a date without separators": cohort("registration-start-date", "20240625", NO_DATE),
    "no year": cohort("start-year", "24", NO_YEAR),
    "a blank year": cohort("start-year", "", "is missing"),
    "yes": cohort("mentor-funding", "yes", "is neither true nor false"),
    "1": cohort("detailed-evidence-types", "1", "is neither true nor false"),
    "registration late": cohort(
        "registration-start-date",
        "2024-09-02",
        "is after the academic year starts, on 2024-09-01",
    ),
    "another academic year": cohort(
        "academic-year-start-date", "2023-09-01", "is not in the year 2024"
    ),
    "assignment ends early": cohort(
        "automatic-assignment-period-end-date",
        "2024-03-31",
        "is not after the academic year starts, on 2024-09-01",
    ),
    "two cohorts": Spoilt(
        "cohort.csv",
        ROW,
        f"{ROW}\n{ROW}",
        "cohort.csv:3: start-year: '2024': one cohort is opened at a time",
    ),
    "no cohort": Spoilt(
        "cohort.csv",
        ROW,
        "",
        "cohort.csv:1: start-year: '': there is no cohort in the file",
    ),
    "an unknown lead provider": Spoilt(
        "cohort_lead_providers.csv",
        "UCL Institute of Education,2024",
        "UCL Institute of Education,2024\nUCL,2024",
        "cohort_lead_providers.csv:8: lead-provider-name: 'UCL': is no lead provider",
    ),
    "a lead provider twice": Spoilt(
        "cohort_lead_providers.csv",
        "Teach First,2024",
        "Teach First,2024\nTeach First,2024",
        "cohort_lead_providers.csv:7: lead-provider-name: 'Teach First':"
        " is in the file already, on line 6",
    ),
    "a lead provider without a name": Spoilt(
        "cohort_lead_providers.csv",
        "Teach First,2024",
        "Teach First,2024\n ,2024",
        "cohort_lead_providers.csv:7: lead-provider-name: '': is missing",
    ),
    "a contract, but not in the cohort": Spoilt(
        "cohort_lead_providers.csv",
        "Teach First,2024\n",
        "",
        "contracts.csv:6: lead-provider-name: 'Teach First': is not in cohort_lead_providers.csv",
    ),
    "in the cohort, but no contract": Spoilt(
        "contracts.csv",
        f"{FIRST}\n",
        "",
        "cohort_lead_providers.csv:2: lead-provider-name: 'Ambition Institute':"
        " has no line in contracts.csv",
    ),
    "a lead provider of another year": Spoilt(
        "cohort_lead_providers.csv",
        "Teach First,2024",
        "Teach First,2025",
        "cohort_lead_providers.csv:6: cohort-start-year: '2025': is another cohort than 2024",
    ),
    "a contract of another year": contract(
        {1: "2023"}, "cohort-start-year: '2023': is another cohort than 2024"
    ),
    "money with separators": contract(
        {6: '"1,000"', 7: "£10", 10: "995.123"},
        f"set-up-fee: '1,000': {NO_POUNDS}",
        f"monthly-service-fee: '£10': {NO_POUNDS}",
        f"band-a-per-participant: '995.123': {NO_POUNDS}",
    ),
    "numbers that are none": contract(
        {4: "abc", 9: '"2,000"', 12: "-1"},
        f"recruitment-target: 'abc': {NO_WHOLE}",
        f"band-a-max: '2,000': {NO_WHOLE}",
        f"band-b-max: '-1': {NO_WHOLE}",
    ),
    "a fraction that is none": contract(
        {2: "33%"}, "uplift-target: '33%': is no fraction such as 0.33"
    ),
    "a fraction above 1": contract(
        {2: "1.5"}, "uplift-target: '1.5': is no fraction: it is more than 1"
    ),
    "a blank band": contract({8: ""}, "band-a-min: '': is missing"),
    "bands that begin late": contract(
        {8: "2"}, "band-a-min: '2': the first band begins with participant 0 or 1"
    ),
    "bands that overlap": contract(
        {11: "2000"}, "band-b-min: '2000': the band before goes up to 2000"
    ),
    "bands with a gap": contract(
        {14: "4002"}, "band-c-min: '4002': the band before goes up to 4000 only"
    ),
    "a band the wrong way round": contract(
        {15: "4000"}, "band-c-max: '4000': is less than the band's minimum 4001"
    ),
    "band D begun": contract(
        {17: "6001", 18: "7000"},
        "band-d-per-participant: '': is missing: band D is begun",
    ),
    "mentor contracts without funding": Spoilt(
        "mentor_contracts.csv",
        "payment-per-participant",
        "payment-per-participant\nTeach First,2024,4500,1000",
        "mentor_contracts.csv:2: lead-provider-name: 'Teach First':"
        " there can be no mentor contract: the cohort has no mentor funding",
    ),
    "no mentor contracts with funding": Spoilt(
        "cohort.csv",
        ",,false,",
        ",,true,",
        "mentor_contracts.csv:1: lead-provider-name: '':"
        " mentor contracts are needed: the cohort has mentor funding",
    ),
}
