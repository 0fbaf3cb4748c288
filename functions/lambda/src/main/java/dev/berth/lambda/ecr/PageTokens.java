package dev.berth.lambda.ecr;

import dev.berth.core.secret.Sealer;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes positions in listings into {@code nextToken}s and back. A token is good for the listing
 * that it was given out by, and no other.
 */
final class PageTokens {

  private final Sealer sealer;

  /**
   * @param sealer of {@code Purpose.PAGE_POSITION}
   */
  PageTokens(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * @param listing what is listed, with all that selects from it
   */
  Optional<String> seal(String listing, Optional<String> position) {
    return position.map(at -> sealer.seal((listing + "\n" + at).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * @throws InvalidParameter if the token is not one of this listing's
   */
  Optional<String> open(String listing, Optional<String> token) {
    return token.map(
        text ->
            sealer
                .open(text)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .filter(content -> content.startsWith(listing + "\n"))
                .map(content -> content.substring(listing.length() + 1))
                .orElseThrow(
                    () ->
                        new InvalidParameter(
                            "nextToken",
                            "must be a token that a call with the same parameters returned")));
  }
}
