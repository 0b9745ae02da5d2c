package io.thicket.sim.lab;

import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.ReadingNumbers;
import io.thicket.agent.senml.SenmlFormatException;
import io.thicket.routing.MessageId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.MeshMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that a frame carries, or tells the fate of.
 *
 * @param packets numbers at its origin of the packets in it, empty where the frame does not hold them
 */
public record Carried(MessageId message, List<Long> packets) {
    public Carried {
        packets = List.copyOf(packets);
    }

    /** What an observer is told of a frame with these messages, of a network whose packets are in these books. */
    static List<Carried> in(List<MeshMessage> messages, Ledger ledger) {
        List<Carried> all = new ArrayList<>();
        for (MeshMessage message : messages) {
            if (message instanceof Data data && data.payloadType() != PayloadType.IDENT) {
                all.add(new Carried(data.id(), packetsOf(data, ledger)));
            } else if (message instanceof E2eAck ack) {
                for (long number = ack.base(); number >= 0; number = ack.nextSettled(number + 1)) {
                    all.add(new Carried(new MessageId(ack.origin(), ack.epoch(), number), List.of()));
                }
            }
        }
        return all;
    }

    private static List<Long> packetsOf(Data data, Ledger ledger) {
        return packetsOf(data.payloadType(), data.payload().toArray(), ledger);
    }

    /** Of a message with this payload, which is handed to its router. */
    static List<Long> packetsOf(PayloadType type, byte[] bytes, Ledger ledger) {
        if (type == PayloadType.READINGS) {
            try {
                ReadingNumbers batch = ReadingBatchCodec.numbersOf(bytes);
                int source = ledger.sourceOf(batch.name());
                List<Long> numbers = new ArrayList<>(batch.seqs().size());
                for (long seq : batch.seqs()) {
                    long number = ledger.numberOf(source, batch.epoch(), seq);
                    if (number > 0) {
                        numbers.add(number);
                    }
                }
                return numbers;
            } catch (SenmlFormatException e) {
                // A packet with a header of the laboratory's own, as below, or an insider's rubbish.
            }
        }
        return bytes.length < PlainOrigin.HEADER_BYTES || PlainOrigin.isCoap(ByteBuffer.wrap(bytes))
                ? List.of()
                : List.of(ByteBuffer.wrap(bytes).getLong(Integer.BYTES));
    }
}
