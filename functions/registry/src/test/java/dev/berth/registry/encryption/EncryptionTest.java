package dev.berth.registry.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.store.ObjectEncryption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AES256",
        "arn:aws:kms:us-east-1:123456789012:key/b8d9ae76-080c-4043-9237-c815bfc21dfc",
        "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-0123456789abcdef"
      })
  void itsIdIsAllThatThereIsToIt(String id) {
    assertThat(Encryption.of(id).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KMS",
        "alias/aws/ecr",
        "arn:aws:kms:us-east-1:123456789012:alias/aws/ecr",
        "arn:aws:kms:us-east-1:12345678901:key/0123",
        "arn:aws:kms:us-east-1:123456789012:key/../0123"
      })
  void nothingElseIsOne(String id) {
    assertThatIllegalStateException().isThrownBy(() -> Encryption.of(id)).withMessageContaining(id);
  }

  @Test
  void theContextOfObjectsNamesTheirRepositoryInTheKeysRegion() {
    var key = new KeyArn("aws-cn", "cn-north-1", "999999999999", "0123");
    assertThat(new Encryption.Kms(key).ofObjects("123456789012", new RepositoryName("team/app")))
        .isEqualTo(
            new ObjectEncryption.Kms(
                "arn:aws-cn:kms:cn-north-1:999999999999:key/0123",
                "arn:aws-cn:ecr:cn-north-1:123456789012:repository/team/app"));
  }
}
