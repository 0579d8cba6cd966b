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


def test_what_was_revoked_stands_in_a_list_that_the_authority_signs() -> None:
    issued = authority().issue(77)
    key = authority().ca_certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    for revoked in (False, True):
        published = x509.load_der_x509_crl(authority().revocations(NOW))
        assert published.is_signature_valid(key)
        assert published.issuer == authority().ca_certificate.subject
        assert (published.get_revoked_certificate_by_serial_number(77) is not None) == revoked
        authority().revoke(issued.certificate)
