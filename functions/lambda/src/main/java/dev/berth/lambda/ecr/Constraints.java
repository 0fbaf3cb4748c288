package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The constraints of ECR's model, for the constructors of requests. Each names the member that does
 * not meet it, as the request spells it, and answers with the value where it does.
 */
final class Constraints {

  /** As ECR's messages quote it. */
  static final String DIGEST = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+";

  /** As ECR's messages quote it. */
  static final String IMAGE_TAG = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";

  /** In characters, of which {@link #IMAGE_TAG} allows fewer. */
  static final int LONGEST_IMAGE_TAG = 300;

  private static final Pattern REGISTRY_ID = Pattern.compile("[0-9]{12}");

  private static final Pattern UPLOAD_ID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private Constraints() {}

  static <T> T required(String member, T value) {
    if (value == null) {
      throw new InvalidParameter(member, "must not be null");
    }
    return value;
  }

  /**
   * In characters, as the model counts them.
   *
   * @param value required
   */
  static String length(String member, String value, int min, int max) {
    required(member, value);
    size(member, value.codePointCount(0, value.length()), min, max);
    return value;
  }

  /**
   * @param value required; bound its length first where the pattern does not
   */
  static String pattern(String member, String value, Pattern pattern) {
    if (!pattern.matcher(required(member, value)).matches()) {
      throw mismatch(member, pattern.pattern());
    }
    return value;
  }

  /**
   * @param value required
   */
  static <T extends Number> T range(String member, T value, long min, long max) {
    long number = required(member, value).longValue();
    if (number < min) {
      throw new InvalidParameter(member, "must have value greater than or equal to " + min);
    }
    if (number > max) {
      throw new InvalidParameter(member, "must have value less than or equal to " + max);
    }
    return value;
  }

  /** A list that must be there, of so many elements, none of them null. */
  static <T> List<T> list(String member, List<T> values, int min, int max) {
    size(member, required(member, values).size(), min, max);
    for (int i = 0; i < values.size(); i++) {
      required(member + "." + (i + 1) + ".member", values.get(i));
    }
    return List.copyOf(values);
  }

  /** A list that may be absent, which is then empty. */
  static <T> List<T> optionalList(String member, List<T> values, int min, int max) {
    return values == null ? List.of() : list(member, values, min, max);
  }

  /** One of the model's enum. */
  static <E extends Enum<E>> E oneOf(String member, String value, Class<E> type) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.name().equals(required(member, value)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidParameter(
                    member, "must satisfy enum value set: " + Arrays.toString(constants)));
  }

  static RepositoryName repositoryName(String member, String value) {
    length(member, value, 2, 256);
    return RepositoryName.parse(value).orElseThrow(() -> mismatch(member, RepositoryName.PATTERN));
  }

  /** A registry's id is its account's. */
  static String registryId(String member, String value) {
    return pattern(member, value, REGISTRY_ID);
  }

  /** A layer's or image's digest, of an algorithm that is known here. */
  static Digest digest(String member, String value) {
    return Digest.parse(required(member, value)).orElseThrow(() -> mismatch(member, DIGEST));
  }

  static Tag imageTag(String member, String value) {
    length(member, value, 1, LONGEST_IMAGE_TAG);
    return Tag.parse(value).orElseThrow(() -> mismatch(member, IMAGE_TAG));
  }

  /** The id of a layer's upload: a UUID. */
  static String uploadId(String member, String value) {
    return pattern(member, value, UPLOAD_ID);
  }

  private static void size(String member, int actual, int min, int max) {
    if (actual < min) {
      throw new InvalidParameter(member, "must have length greater than or equal to " + min);
    }
    if (actual > max) {
      throw new InvalidParameter(member, "must have length less than or equal to " + max);
    }
  }

  private static InvalidParameter mismatch(String member, String pattern) {
    return new InvalidParameter(member, "must satisfy regular expression '%s'".formatted(pattern));
  }
}
