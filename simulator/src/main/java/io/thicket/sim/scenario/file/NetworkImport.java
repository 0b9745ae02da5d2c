package io.thicket.sim.scenario.file;

import io.thicket.drivers.spec.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the network descriptions of others. */
public final class NetworkImport {
    /** What can be read. */
    public enum Format {
        /** A table of links, {@code from,to,pdr}. */
        LINKS,
        /** A table of places, {@code name,x,y} or {@code name,lat,lon}. */
        POSITIONS,
        /** NetJSON NetworkGraph. */
        NETJSON,
        /** Meshviewer, as Freifunk communities publish it. */
        MESHVIEWER,
        /** Movement for ns-2. */
        SETDEST
    }

    private NetworkImport() {}

    /** The network in {@code file}. */
    public static Imported read(Format format, Path file) throws ImportException {
        return read(format, content(file));
    }

    /** The network that {@code content} describes. */
    public static Imported read(Format format, byte[] content) throws ImportException {
        return switch (format) {
            case LINKS -> CsvNetworks.links(text(content));
            case POSITIONS -> CsvNetworks.positions(text(content));
            case NETJSON -> JsonNetworks.netJson(content);
            case MESHVIEWER -> JsonNetworks.meshviewer(content);
            case SETDEST -> Setdest.read(text(content));
        };
    }

    /** What is in {@code file}, without the byte order mark that editors and spreadsheets of Windows begin it with. */
    static byte[] content(Path file) throws ImportException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(Imported.MAX_BYTES + 1); // a device says that it has no bytes and has no end
            if (content.length > Imported.MAX_BYTES) {
                throw new ImportException(
                        file + " has more than the " + Imported.MAX_BYTES + " bytes that are allowed");
            }
            return ByteOrderMark.without(content);
        } catch (NoSuchFileException e) {
            throw new ImportException("there is no file " + file);
        } catch (IOException e) {
            throw new ImportException(file + " cannot be read: " + e.getMessage());
        }
    }

    static String text(byte[] utf8) throws ImportException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ImportException("the file is not UTF-8 text");
        }
    }
}
