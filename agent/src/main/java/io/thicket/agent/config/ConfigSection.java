package io.thicket.agent.config;

/**
 * A section of the file that another module owns. The module hands it to {@link ConfigReader}; without it the section's name
 * is an error.
 *
 * @param <T> what the section becomes
 */
public interface ConfigSection<T> {
    /** The name in brackets, e.g. {@code gateway}. */
    String name();

    /**
     * Reads the section, which stands in the file. Problems go to {@code reader}; the value returned after a problem is never
     * used. Keys that it does not ask for are reported as unknown.
     */
    T read(SectionReader reader);

    /** Writes every key with its value, defaults included, for {@code thicket config show --effective}. */
    void write(T value, SectionWriter writer);
}
