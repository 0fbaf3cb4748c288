package dev.berth.lambda.sts;

import dev.berth.lambda.query.QueryError;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * How much of what a session may carry its policies and tags take (STS API, AssumeRole:
 * PackedPolicySize). AWS packs them in a way that it does not tell; here they are deflated, and
 * there may be {@value #MOST} bytes of that. The plain text of the policy and the ARNs has a limit
 * of its own.
 */
final class PackedSize {

  /** Characters of the inline policy and the ARNs of managed ones together. */
  private static final int MOST_PLAIN = 2048;

  private static final int MOST = 4096;

  private PackedSize() {}

  /**
   * In percent, rounded up; empty where there is nothing to pack.
   *
   * @throws QueryError if it is too much
   */
  static OptionalInt of(SessionPolicies policies, SessionTags tags) {
    String plain = policies.inline().orElse("") + String.join("", policies.arns());
    if (plain.length() > MOST_PLAIN) {
      throw StsErrors.packedPolicyTooLarge(
          "The session policies have %d characters together, ARNs included, and may have %d."
              .formatted(plain.length(), MOST_PLAIN));
    }
    String all = plain + text(tags);
    return all.isEmpty() ? OptionalInt.empty() : OptionalInt.of(percent(all));
  }

  private static String text(SessionTags tags) {
    return tags.tags().entrySet().stream()
        .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static int percent(String text) {
    int percent = Math.ceilDiv(100 * deflated(text.getBytes(StandardCharsets.UTF_8)), MOST);
    if (percent > 100) {
      throw StsErrors.packedPolicyTooLarge(
          "Packed size of session tags and policies consumes %d%% of allotted space."
              .formatted(percent));
    }
    return percent;
  }

  private static int deflated(byte[] bytes) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] block = new byte[MOST];
      while (!deflater.finished()) {
        deflater.deflate(block);
      }
      return (int) deflater.getBytesWritten();
    }
  }
}
