package dev.berth.core.scan.cvss;

import java.util.Optional;

/**
 * A base score and what it is made of.
 *
 * @param vector as its version writes it: {@code AV:N/AC:L/Au:N/C:P/I:P/A:P} of version 2, {@code
 *     CVSS:3.1/AV:N/...} of version 3
 * @param score from 0 to 10
 */
public record Cvss(String vector, double score) {

  /**
   * @throws IllegalArgumentException if there is no such score
   */
  public Cvss {
    if (!(score >= 0 && score <= 10)) {
      throw new IllegalArgumentException("%s is no CVSS score".formatted(score));
    }
  }

  /** With the score that a vector of version 3 stands for; empty if it is no such vector. */
  public static Optional<Cvss> ofVersion3(String vector) {
    return Cvss3Vector.parse(vector).map(metrics -> new Cvss(vector, metrics.baseScore()));
  }

  /** The score as ECR writes it: {@code 7.5}, {@code 5}. */
  public String scoreText() {
    return score == Math.rint(score) ? Integer.toString((int) score) : Double.toString(score);
  }
}
