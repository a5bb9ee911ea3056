from . import (
    test_access,
    test_advice,
    test_chart,
    test_dashboard,
    test_privacy,
    test_join,
    test_projection,
    test_report,
    test_statement,
    test_team,
    test_tree,
    test_words,
)
