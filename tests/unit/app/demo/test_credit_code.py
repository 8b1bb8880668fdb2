from app.demo.credit_code import fictitious_code, organisation_code
from models.registry.credit_code import is_credit_code


def test_that_fictitious_codes_verify_and_differ() -> None:
    codes = [fictitious_code(n) for n in range(1, 41)]
    assert len(set(codes)) == 40
    for code in codes:
        assert is_credit_code(code)
        assert code[:8] == "91990000"
        assert organisation_code(code[8:16]) == code[8:17]
