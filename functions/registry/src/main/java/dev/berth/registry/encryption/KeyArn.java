package dev.berth.registry.encryption;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a key of KMS: {@code arn:aws:kms:us-east-1:123456789012:key/<id>}.
 *
 * @param keyId a UUID, or {@code mrk-} and 32 digits for a multi-Region key
 */
public record KeyArn(String partition, String region, String account, String keyId) {

  private static final Pattern ARN =
      Pattern.compile("arn:(aws[a-z-]*):kms:([a-z0-9-]+):([0-9]{12}):key/([A-Za-z0-9-]{1,128})");

  public static Optional<KeyArn> parse(String text) {
    Matcher arn = ARN.matcher(text);
    return arn.matches()
        ? Optional.of(new KeyArn(arn.group(1), arn.group(2), arn.group(3), arn.group(4)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "arn:%s:kms:%s:%s:key/%s".formatted(partition, region, account, keyId);
  }
}
