package dev.berth.lambda.oci;

import dev.berth.core.oci.MediaTypes;
import dev.berth.lambda.http.Accept;
import dev.berth.lambda.http.Headers;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which manifests the sender of a request understands. */
final class UnderstoodTypes {

  /** Docker before 1.10, which knows nothing but schema 1 and sends no Accept that would say so. */
  private static final Pattern OLD_DOCKER = Pattern.compile("docker/1\\.[0-9](?![0-9])");

  private UnderstoodTypes() {}

  static Predicate<String> of(Headers headers) {
    boolean old =
        headers.all("Accept").isEmpty()
            && headers
                .first("User-Agent")
                .filter(agent -> OLD_DOCKER.matcher(agent).lookingAt())
                .isPresent();
    return old ? MediaTypes.SCHEMA1::contains : Accept.of(headers);
  }
}
