"""The elements of ODD+D, in the protocol's order and numbering, with short names of its questions.

Mueller et al. (2013), Environmental Modelling & Software 48, 37-48. The questions are named here
in our own words, in their order.
"""

from __future__ import annotations

OUTLINE: tuple[tuple[str, str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    (
        "I",
        "Overview",
        (
            ("I.i", "Purpose", ("What the study is for", "For whom the model is made")),
            (
                "I.ii",
                "Entities, State Variables, and Scales",
                (
                    "Entities",
                    "State variables and parameters",
                    "Drivers from outside",
                    "Space",
                    "Resolution and extent",
                ),
            ),
            ("I.iii", "Process Overview and Scheduling", ("What is done, and in which order",)),
        ),
    ),
    (
        "II",
        "Design Concepts",
        (
            (
                "II.i",
                "Theoretical and Empirical Background",
                (
                    "Concepts and theories of the whole",
                    "Assumptions behind the decisions",
                    "Why these decision models",
                    "Where the data come from",
                    "At which level the data are",
                ),
            ),
            (
                "II.ii",
                "Individual Decision Making",
                (
                    "Who decides, and on what",
                    "Rationality and objectives",
                    "How decisions are made",
                    "Adaptation",
                    "Norms and values",
                    "Space in the decisions",
                    "Time in the decisions",
                    "Uncertainty in the decisions",
                ),
            ),
            ("II.iii", "Learning", ("Individual learning", "Collective learning")),
            (
                "II.iv",
                "Individual Sensing",
                (
                    "What is sensed, and how wrongly",
                    "What is sensed of others",
                    "How far sensing reaches",
                    "How sensing is modelled",
                    "What sensing costs",
                ),
            ),
            (
                "II.v",
                "Individual Prediction",
                ("What predictions use", "How the future is predicted", "Errors of prediction"),
            ),
            (
                "II.vi",
                "Interaction",
                (
                    "Direct and indirect interactions",
                    "What they depend on",
                    "Communication",
                    "Networks of coordination",
                ),
            ),
            ("II.vii", "Collectives", ("Who belongs together", "How collectives are represented")),
            ("II.viii", "Heterogeneity", ("In what citizens differ", "In what decisions differ")),
            ("II.ix", "Stochasticity", ("What is left to chance",)),
            ("II.x", "Observation", ("What is counted", "What emerges")),
        ),
    ),
    (
        "III",
        "Details",
        (
            (
                "III.i",
                "Implementation Details",
                ("How the model is implemented", "Where it can be had"),
            ),
            (
                "III.ii",
                "Initialization",
                (
                    "The state at the start",
                    "Whether it is always the same",
                    "Whether it rests on data",
                ),
            ),
            ("III.iii", "Input Data", ("Data that enter while the model runs",)),
            (
                "III.iv",
                "Submodels",
                (
                    "The submodels",
                    "Their parameters",
                    "How they were designed, set and tested",
                ),
            ),
        ),
    ),
)
"""Parts, with their elements, with what each is asked."""

REFERENCES = (
    "Müller, B., et al. (2013): Describing human decisions in agent-based models: ODD + D, an "
    "extension of the ODD protocol. Environmental Modelling & Software 48, 37-48. "
    "https://doi.org/10.1016/j.envsoft.2013.06.003",
    "Grimm, V., et al. (2006): A standard protocol for describing individual-based and "
    "agent-based models. Ecological Modelling 198, 115-126. "
    "https://doi.org/10.1016/j.ecolmodel.2006.04.023",
    "Grimm, V., et al. (2010): The ODD protocol: a review and first update. Ecological Modelling "
    "221, 2760-2768. https://doi.org/10.1016/j.ecolmodel.2010.08.019",
    "Grimm, V., et al. (2020): The ODD protocol for describing agent-based and other simulation "
    "models: a second update to improve clarity, replication, and structural realism. Journal of "
    "Artificial Societies and Social Simulation 23(2) 7. https://doi.org/10.18564/jasss.4259",
)
"""Where the protocol is published."""
