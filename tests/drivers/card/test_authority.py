"""The sample authority: certificates like the real ones, for nobody."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.drivers.card.desk import NOW, authority, credentials


def test_a_card_s_certificate_has_the_form_of_the_real_ones() -> None:
    certificate = credentials().certificate
    assert certificate is not None
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 2048
    assert certificate.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usages) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate.verify_directly_issued_by(authority().ca_certificate)


def test_the_authority_says_that_it_is_a_sample() -> None:
    name = authority().ca_certificate.subject.rfc4514_string()
    assert "見本" in name
    assert "O=JPKI" in name
    assert authority().ca_certificate.not_valid_before_utc < NOW < authority().ca_certificate.not_valid_after_utc


def test_what_was_revoked_is_known_by_its_serial_number() -> None:
    issued = authority().issue(77)
    assert not authority().is_revoked(77)
    authority().revoke(issued.certificate)
    assert authority().is_revoked(77)
